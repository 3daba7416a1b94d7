// A macro as argument of a macro.
#include <string.h>
#define APPLY(f, d, s) f((d), (s))
#define COPIER strcpy  // body: strcpy
void f(char *d, const char *s) {
  APPLY(COPIER, d, s);  // use: strcpy call:9 through COPIER
}
