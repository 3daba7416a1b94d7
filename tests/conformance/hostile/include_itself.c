// expect: refused. A file that includes itself without end.
#include "include_itself.c"
