// problem: a pasting that makes no token
#include <string.h>
#define GLUE(a, b) a##b
void f(char *d) { GLUE(strcpy, +)(d, d); }  // use: strcpy seen:*
