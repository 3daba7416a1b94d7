// One macro, two uses in its body.
#include <string.h>
#define BOTH(d, s) (strcpy(d, s), strcat(d, s))  // body: strcpy, strcat
void f(char *d, const char *s) {
  BOTH(d, s);  // use: strcpy call:3 through BOTH, strcat call:3 through BOTH
}
