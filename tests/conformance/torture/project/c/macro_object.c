// An object-like macro stands for the name.
#include <string.h>
#define COPIER strcpy  // body: strcpy
typedef char *(*copier)(char *, const char *);
void f(char *d, const char *s) {
  COPIER(d, s);         // use: strcpy call through COPIER
  copier c = COPIER;    // use: strcpy address through COPIER
  c = &COPIER;          // use: strcpy address through COPIER
  (COPIER)(d, s);       // use: strcpy call through COPIER
}
