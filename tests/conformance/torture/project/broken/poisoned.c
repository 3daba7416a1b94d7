// problem: a poisoned name is used, which is an error of its own
#include <string.h>
#pragma GCC poison strcpy
void f(char *d) { strcpy(d, d); }  // use: strcpy seen
