// The same call twice on a line: two places.
#include <string.h>
void f(char *d, const char *s) { strcpy(d, s); strcpy(d, s); }  // use: strcpy call:34, strcpy call:48
