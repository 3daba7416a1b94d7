// A function-like macro with the call in its body.
#include <string.h>
#define COPY(d, s) strcpy(d, s)  // body: strcpy
void f(char *d, const char *s) {
  COPY(d, s);                  // use: strcpy call:3 through COPY
  COPY(COPY(d, s), s);         // use: strcpy call:3 through COPY, strcpy call:8 through COPY
  COPY(d, s); COPY(d, s);      // use: strcpy call:3 through COPY, strcpy call:15 through COPY
  COPY  // use: strcpy call through COPY
  (d,
   s);
}
