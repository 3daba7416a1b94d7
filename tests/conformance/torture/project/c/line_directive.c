// #line changes what messages say, not where the reader finds the line.
#include <string.h>
#line 700 "elsewhere.y"
void f(char *d) { strcpy(d, d); }  // use: strcpy call
# 900 "/usr/include/elsewhere.h" 3
void g(char *d) { strcat(d, d); }  // use: strcat call
