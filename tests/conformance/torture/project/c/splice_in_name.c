// Line splices inside a name.
#include <string.h>
void f(char *d, const char *s) {
  str\
cpy(d, s);       // use@-1: strcpy call:3
  s\
t\
r\
c\
a\
t(d, s);         // use@-5: strcat call:3
}
