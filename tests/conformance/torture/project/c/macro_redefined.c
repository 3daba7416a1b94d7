// A macro's meaning changes over the file.
#include <string.h>
#define COPY strcpy  // body: strcpy
void f(char *d) { COPY(d, d); }  // use: strcpy call through COPY
#undef COPY
static void own(char *d, char *s) { *d = *s; }
#define COPY own
void g(char *d) { COPY(d, d); }
#undef COPY
#define COPY strcat  // body: strcat
void h(char *d) { COPY(d, d); }  // use: strcat call through COPY
