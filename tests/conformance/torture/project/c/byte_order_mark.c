// A byte order mark at the start.
#include <string.h>
void f(char *d) { strcpy(d, d); }  // use: strcpy call
