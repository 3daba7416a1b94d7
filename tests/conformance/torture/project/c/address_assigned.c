// The name without a call, assigned.
#include <string.h>
typedef char *(*copier)(char *, const char *);
copier g;
void f(void) {
  g = strcpy;         // use: strcpy address:7
  g = &strcat;        // use: strcat address:8
  g = *strcpy;        // use: strcpy address:8
  g = (strcat);       // use: strcat address:8
  g = (copier)strcpy; // use: strcpy address:15
}
