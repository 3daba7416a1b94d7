// Branches that the preprocessor leaves out.
#include <string.h>
#if 0
void a(char *d) { strcpy(d, d); }
# if 1
void b(char *d) { strcpy(d, d); }
# else
# error strcpy is banned
# endif
it's no text, and "not closed strcpy(
#elif 0
void c(char *d) { strcpy(d, d); }
#else
void f(char *d) { strcat(d, d); }  // use: strcat call
#endif
#ifdef NEVER
void g(char *d) { strcpy(d, d); }
#endif
#ifndef NEVER
void h(char *d) { strcpy(d, d); }  // use: strcpy call
#else
#include "not/there.h"
#endif
