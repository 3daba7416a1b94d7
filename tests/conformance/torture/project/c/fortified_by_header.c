// What glibc's headers make of the calls under _FORTIFY_SOURCE.
// flags: -O2 -D_FORTIFY_SOURCE=2
#include <stdio.h>
#include <string.h>
void f(const char *s) {
  char d[16];
  strcpy(d, s);         // use: strcpy call:3
  sprintf(d, "%s", s);  // use: sprintf call:3
  memcpy(d, s, 3);      // use: memcpy call:3
  snprintf(d, 16, "%s", s);
}
