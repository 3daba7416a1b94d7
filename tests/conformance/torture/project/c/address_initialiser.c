// The name as initialiser of a global, a static and a local pointer.
#include <string.h>
char *(*g)(char *, const char *) = strcpy;         // use: strcpy address:36
static char *(*const h)(char *, const char *) = &strcat;  // use: strcat address
void f(void) {
  static char *(*k)(char *, const char *) = strcpy;  // use: strcpy address
  char *(*l)(char *, const char *) = strcat;         // use: strcat address
  (void)k, (void)l;
}
