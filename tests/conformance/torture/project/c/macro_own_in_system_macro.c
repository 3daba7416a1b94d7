// A macro of the project as an argument of a system header's macro.
#include <system_macros.h>
#define COPIER strcpy  // body: strcpy
void f(char *d, const char *s) {
  SYSTEM_APPLY(COPIER, d, s);  // use: strcpy call:16 through COPIER
}
