// In a GNU dialect trigraphs are none: the comment ends, and the next line is code.
// flags: -std=gnu17
#include <string.h>
void f(char *d, const char *s) {
  // a comment that ends here ??/
  strcpy(d, s);  // use: strcpy call
}
