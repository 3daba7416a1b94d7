// The name in the arms of a conditional, which is then called: the call's target is not the name itself.
#include <string.h>
typedef char *(*copier)(char *, const char *);
copier f(int w, char *d) {
  (w ? strcpy : strcat)(d, d);     // use: strcpy address:8, strcat address:17
  return w ? &strcpy : 0;          // use: strcpy address
}
