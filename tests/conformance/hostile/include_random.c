// expect: refused. A device of random bytes.
#include </dev/urandom>
