// expect: refused. A condition that nothing ends, over a use.
#include <string.h>
#if 0
void g(char *d) { strcpy(d, d); }
