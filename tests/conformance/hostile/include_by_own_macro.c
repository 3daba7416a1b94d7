// expect: refused. The file's own name comes from the compiler.
#include __FILE__
