// A call through a pointer names no banned function; taking the address did.
#include <string.h>
typedef char *(*copier)(char *, const char *);
void f(char *d) {
  copier copy = strcpy;  // use: strcpy address
  copy(d, d);
  (*copy)(d, d);
}
