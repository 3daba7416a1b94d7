// A unit that includes itself once: one place a line, one unit.
#include <string.h>
#ifndef AGAIN
#define AGAIN
#define NAME first
#include "include_itself.c"
#undef NAME
#define NAME second
#endif
void NAME(char *d) { strcpy(d, d); }  // use: strcpy call
