// Macros of a system header: the user's line is blamed, the system's macro is not named.
#include <system_macros.h>
typedef char *(*copier)(char *, const char *);
void f(char *d, const char *s) {
  SYSTEM_COPY(d, s);             // use: strcpy call:3
  copier c = SYSTEM_COPIER;      // use: strcpy address:14
  SYSTEM_JOIN(str, cat)(d, s);   // use: strcat call:3
  SYSTEM_APPLY(strcpy, d, s);    // use: strcpy call:16
  SYSTEM_NESTED(d, s);           // use: strcpy call:3
  SYSTEM_IGNORE(strcpy(d, s));
  (void)c;
}
