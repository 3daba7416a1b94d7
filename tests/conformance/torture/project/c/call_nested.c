// Calls inside the arguments of calls, on one line.
#include <string.h>
void f(char *d, const char *s) {
  strcpy(strcat(d, s), strcpy(d, strcat(d, s)));  // use: strcpy call:3, strcat call:10, strcpy call:24, strcat call:34
}
