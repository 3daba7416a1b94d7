// A call in the bound of a variable-length array and of a parameter.
#include <stdlib.h>
void f(const char *s, int m[atoi("3")]) {  // use: atoi call
  int n[atoi(s)];                          // use: atoi call
  (void)n, (void)m;
}
