// A macro hands the name on to another one.
#include <string.h>
#define APPLY(f, d, s) f((d), (s))
#define FORWARD(d, s) APPLY(strcat, d, s)  // body: strcat
void f(char *d, const char *s) {
  FORWARD(d, s);  // use: strcat call:3 through FORWARD
}
