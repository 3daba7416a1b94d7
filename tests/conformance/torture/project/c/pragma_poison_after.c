// A poisoned name, used before.
#include <string.h>
void f(char *d) { strcpy(d, d); }  // use: strcpy call
#pragma GCC poison strcpy
