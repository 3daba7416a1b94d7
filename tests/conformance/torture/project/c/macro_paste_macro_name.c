// What is pasted is a macro that holds the name.
#include <string.h>
#define COPY_FAST strcpy  // body: strcpy
#define COPY(how) COPY_##how
void f(char *d, const char *s) {
  COPY(FAST)(d, s);  // use: strcpy call:3 through COPY_FAST
}
