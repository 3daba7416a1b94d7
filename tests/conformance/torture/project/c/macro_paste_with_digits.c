// Pasting with numbers and empty arguments.
#include <string.h>
#define GLUE(a, b) a##b
static void strcpy1(char *d) { *d = 0; }
void f(char *d, const char *s) {
  GLUE(strcpy, 1)(d);
  GLUE(strcpy, )(d, s);    // use: strcpy call:8
  GLUE(str, cpy1)(d);
}
