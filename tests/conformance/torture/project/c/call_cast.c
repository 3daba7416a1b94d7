// A call through a cast of the name.
#include <string.h>
typedef char *(*copier)(char *, const char *);
void f(char *d, const char *s) {
  ((copier)strcpy)(d, s);                          // use: strcpy call:12
  ((char *(*)(char *, const char *))strcpy)(d, s); // use: strcpy call:37
}
