// A line comment that a splice makes longer \
strcpy(d, s);
#include <string.h>
void f(char *d, const char *s) {
  // this one too \
  strcpy(d, s);
  /\
/ and this: strcpy(d, s);
  /\
* strcat(d, s); *\
/ strcpy(d, s);  // use: strcpy call:3
}
