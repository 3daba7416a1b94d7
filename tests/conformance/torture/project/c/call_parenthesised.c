// The name in parentheses, which keeps function-like macros away.
#include <string.h>
void f(char *d, const char *s) {
  (strcpy)(d, s);      // use: strcpy call:4
  (((strcpy)))(d, s);  // use: strcpy call:6
}
