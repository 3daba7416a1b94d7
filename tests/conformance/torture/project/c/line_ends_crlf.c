// Lines that end as on Windows, splices too.
#include <string.h>
#define COPY(d, s) \
  strcpy(d, s)
// body@-1: strcpy
void f(char *d) {
  COPY(d, d);  // use: strcpy call through COPY
  str\
cat(d, d);  // use@-1: strcat call:3
}
