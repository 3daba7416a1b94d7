// A directive that splices divide; the macro's body stands on the line that it stands on.
#include <string.h>
#def\
ine COPY(d, s) \
  strcpy(d, s)
// body@-1: strcpy
void f(char *d, const char *s) {
  COPY(d, s);  // use: strcpy call through COPY
}
