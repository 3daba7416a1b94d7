// A macro that throws its argument away.
#include <string.h>
#define IGNORE(x)
#define SECOND(a, b) b
void f(char *d, const char *s) {
  IGNORE(strcpy(d, s))
  SECOND(strcpy, strcat)(d, s);  // use: strcat call:18
}
