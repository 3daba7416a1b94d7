// A macro of the command line has no place of its own.
// flags: -DCOPIER=strcpy -DCOPY(a,b)=strcat(a,b)
#include <string.h>
void f(char *d, const char *s) {
  COPIER(d, s);  // use: strcpy call through COPIER
  COPY(d, s);    // use: strcat call through COPY
}
