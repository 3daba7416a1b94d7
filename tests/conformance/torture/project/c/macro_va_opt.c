// __VA_OPT__ lets a name appear only with arguments.
// flags: -std=c2x
#include <string.h>
#define MAYBE(d, ...) __VA_OPT__(strcpy(d, __VA_ARGS__))  // body: strcpy
void f(char *d) {
  MAYBE(d);
  MAYBE(d, "x");  // use: strcpy call through MAYBE
}
