// Inside the block the variable, outside the library's function.
#include <stdlib.h>
int f(const char *s, int (*p)(const char *)) {
  int n = atoi(s);              // use: atoi call
  {
    int (*atoi)(const char *) = p;
    n += atoi(s);
  }
  return n + atoi(s);           // use: atoi call
}
