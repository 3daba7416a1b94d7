// MSVC's __pragma inside a macro.
// flags: -fms-extensions
#include <string.h>
#define QUIET(x) __pragma(warning(push)) x __pragma(warning(pop))
void f(char *d) { QUIET(strcpy(d, d);) }  // use: strcpy call:25
