// One macro that names the function in two places of its body.
#include <string.h>
#define TWICE(d, s) (strcpy(d, s), strcpy(d, s))  // body: strcpy
void f(char *d, const char *s) {
  TWICE(d, s);  // use: strcpy call:3 through TWICE, strcpy call:3 through TWICE
}
