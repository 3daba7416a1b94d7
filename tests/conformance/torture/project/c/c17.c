// C17, strictly.
// flags: -std=c17 -pedantic
#include <stdlib.h>
#include <string.h>
void f(char *d, const char *s) {
  for (int n = atoi(s); n--;) strcpy(d, s);  // use: atoi call, strcpy call
  const char *name = __func__;
  strcat(d, name);                           // use: strcat call
}
