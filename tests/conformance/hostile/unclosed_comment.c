// expect: refused. A comment that nothing ends, over a use.
#include <string.h>
int f(void);
/* void g(char *d) { strcpy(d, d); }
