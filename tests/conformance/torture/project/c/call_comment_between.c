// Comments between the name and its parenthesis.
#include <string.h>
void f(char *d, const char *s) {
  strcpy/* ; */(d, s);            // use: strcpy call
  /* strcat */ strcpy /**/ (d, s);  // use: strcpy call:16
}
