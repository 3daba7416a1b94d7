// glibc's name for the scanf of ISO C99, by the header and by hand.
// flags: -std=c11
#include <stdio.h>
extern int __isoc99_sscanf(const char *, const char *, ...);
void f(const char *s, char *d) {
  sscanf(s, "%s", d);           // use: sscanf call
  __isoc99_sscanf(s, "%s", d);  // use: sscanf call
}
