// A name that a trigraph's line splice divides.
// flags: -std=gnu17 -trigraphs
#include <string.h>
void f(char *d, const char *s) {
  str??/
cpy(d, s);  // use@-1: strcpy call:3
}
