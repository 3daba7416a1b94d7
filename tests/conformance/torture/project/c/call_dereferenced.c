// Dereferenced and re-addressed names are calls of the same function.
#include <string.h>
void f(char *d, const char *s) {
  (*strcpy)(d, s);     // use: strcpy call:5
  (**strcpy)(d, s);    // use: strcpy call:6
  (&strcpy)(d, s);     // use: strcpy call:5
  (*&strcpy)(d, s);    // use: strcpy call:6
}
