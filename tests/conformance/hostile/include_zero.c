// expect: refused. A device without end.
#include "/dev/zero"
