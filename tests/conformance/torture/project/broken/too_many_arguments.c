// problem: a macro that is called with too many arguments swallows them
#include <string.h>
#define GLUE(a, b) a##b
void f(char *d) { GLUE(strcpy, ()d, d); }  // use: strcpy seen:*
