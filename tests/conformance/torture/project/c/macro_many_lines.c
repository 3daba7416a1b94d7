// A macro over several lines; each name has its own.
#include <string.h>
#define BOTH(d, s)  \
  do {              \
    strcpy(d, s);   \
    strcat(d, s);   \
  } while (0)
// body@-3: strcpy
// body@-3: strcat
void f(char *d, const char *s) {
  BOTH(d, s);  // use: strcpy call through BOTH, strcat call through BOTH
}
