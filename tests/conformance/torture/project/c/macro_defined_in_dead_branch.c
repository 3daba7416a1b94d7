// Only the live definition of a macro counts.
#include <string.h>
static void own(char *d, char *s) { *d = *s; }
#if 0
#define COPY strcpy
#elif __STDC__
#define COPY own
#else
#define COPY strcat
#endif
void f(char *d) { COPY(d, d); }
