// A call inside a statement expression.
#include <string.h>
int f(char *d) {
  return ({ char *e = strcpy(d, d); strcat(e, d); *e; });  // use: strcpy call:23, strcat call:37
}
