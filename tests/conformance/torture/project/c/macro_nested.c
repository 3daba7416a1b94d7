// Macros that expand to macros: the innermost body holds the name, the outermost is what the user wrote.
#include <string.h>
#define INNER strcpy  // body: strcpy
#define MIDDLE(d, s) INNER(d, s)
#define OUTER(d, s) (MIDDLE(d, s), 0)
void f(char *d, const char *s) {
  OUTER(d, s);   // use: strcpy call:3 through INNER
  MIDDLE(d, s);  // use: strcpy call:3 through INNER
  INNER(d, s);   // use: strcpy call:3 through INNER
}
