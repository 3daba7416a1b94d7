// The project's own function calls itself and the library's other one.
#include <string.h>
static int system(const char *c) {
  char d[4];
  strcpy(d, c);                    // use: strcpy call
  return *c ? system(c + 1) : 0;
}
int f(void) { return system("x"); }
