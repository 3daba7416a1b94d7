// The pragmas push_macro and pop_macro.
#include <string.h>
static void own(char *d, char *s) { *d = *s; }
#define COPY strcpy  // body: strcpy
#pragma push_macro("COPY")
#undef COPY
#define COPY own
void f(char *d) { COPY(d, d); }
#pragma pop_macro("COPY")
void g(char *d) { COPY(d, d); }  // use: strcpy call through COPY
