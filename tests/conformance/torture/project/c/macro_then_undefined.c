// A macro hides the name until it is taken back.
#include <string.h>
static char *own(char *d, const char *s) { *d = *s; return d; }
#define strcpy(d, s) own(d, s)
void f(char *d) { strcpy(d, d); }
#undef strcpy
void g(char *d) { strcpy(d, d); }  // use: strcpy call
