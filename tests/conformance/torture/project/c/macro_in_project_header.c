// A macro of a header of the project: both places are the project's.
#include "macros.h"
void f(char *d, const char *s) {
  SHARED_COPY(d, s);        // use: strcpy call through SHARED_COPY
  SHARED_JOIN(str, cat)(d, s);  // use: strcat call through SHARED_JOIN
}
