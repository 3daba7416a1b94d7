// A call by name, the library's header included.
#include <string.h>
void f(char *d, const char *s) {
  strcpy(d, s);  // use: strcpy call:3
}
