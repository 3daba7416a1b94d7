// problem: a macro is called with too few arguments
#include <string.h>
#define COPY(d, s, n) strcpy(d, s)
void f(char *d) { COPY(d, d); strcat(d, d); }  // use: strcat seen
