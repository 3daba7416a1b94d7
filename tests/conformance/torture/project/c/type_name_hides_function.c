// A parameter list and a block in which the name is a type.
#include <string.h>
void f(char *d) {
  strcpy(d, d);                 // use: strcpy call
  {
    typedef int strcpy;
    strcpy (n) = 3, *p = &n;
    enum { strcat = sizeof(strcpy) } e = strcat;
    (void)p, (void)e;
  }
  strcat(d, d);                 // use: strcat call
}
