// A call that only the second scan of an expansion forms.
#include <string.h>
#define EMPTY
#define DEFER(x) x EMPTY
#define EXPAND(x) x
#define COPY(d, s) strcpy(d, s)  // body: strcpy
void f(char *d, const char *s) {
  EXPAND(DEFER(COPY)(d, s));  // use: strcpy call:16 through COPY
}
