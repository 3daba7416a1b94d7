// A macro of the name sends it elsewhere.
#include <string.h>
static char *bounded(char *d, const char *s) { *d = *s; return d; }
#define strcpy bounded
#define strcat(d, s) bounded(d, s)
void f(char *d, const char *s) {
  strcpy(d, s);
  (strcpy)(d, s);
  strcat(d, s);
  (strcat)(d, s);  // use: strcat call
}
