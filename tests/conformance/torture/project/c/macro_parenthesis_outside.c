// A function-like macro whose arguments come from elsewhere.
#include <string.h>
#define COPY(d, s) strcpy(d, s)  // body: strcpy
#define NAME COPY
#define OPEN (
void f(char *d, const char *s) {
  NAME(d, s);   // use: strcpy call:3 through COPY
  int COPY = 0;
  (void)COPY;
}
