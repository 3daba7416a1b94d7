// A call whose parts stand on lines of their own: the name's line counts.
#include <string.h>
void f(char *d, const char *s) {
  strcpy  // use: strcpy call:3
      /* strcpy */
      (
          d,
          s
      );
}
