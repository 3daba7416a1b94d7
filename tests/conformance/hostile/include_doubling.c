// expect: refused. A file that includes itself twice on each of its levels: 2 to the 200th files.
#include "include_doubling.c"
#include "include_doubling.c"
