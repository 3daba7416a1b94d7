// A file of the project that calls itself a system header is still the project's.
#include <string.h>
#pragma GCC system_header
void f(char *d) { strcpy(d, d); }  // use: strcpy call
