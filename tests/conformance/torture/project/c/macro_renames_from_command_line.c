// The command line renames the project's function to a banned one, and back.
// flags: -Dbounded_copy=strcpy -Ubounded_copy -Dcopy=strcpy
#include <string.h>
void bounded_copy(char *, const char *);
void f(char *d, const char *s) {
  bounded_copy(d, s);
  copy(d, s);  // use: strcpy call through copy
}
