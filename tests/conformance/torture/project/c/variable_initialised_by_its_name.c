// A variable of that name, set from the function: the scope of a declarator begins before its initialiser.
#include <stdlib.h>
typedef int (*number)(const char *);
int f(const char *s) {
  number chosen = atoi, atoi = chosen;  // use: atoi address:19
  return atoi(s);
}
