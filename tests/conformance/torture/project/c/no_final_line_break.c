// The last line has no line break.
#include <string.h>
void f(char *d) { strcpy(d, d); }  // use: strcpy call