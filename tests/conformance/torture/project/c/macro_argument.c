// The name is handed to a macro: it stands where the user wrote it.
#include <string.h>
#define APPLY(f, d, s) f((d), (s))
#define TWO(f, d, s) f(f(d, s), s)
void f(char *d, const char *s) {
  APPLY(strcpy, d, s);               // use: strcpy call:9
  APPLY(strcpy, strcat(d, s), s);    // use: strcpy call:9, strcat call:17
  APPLY((&strcpy == 0 ? strcat : strcpy), d, s);  // use: strcpy address:11, strcat address:25, strcpy address:34
  TWO(strcat, d, s);                 // use: strcat call:7
}
