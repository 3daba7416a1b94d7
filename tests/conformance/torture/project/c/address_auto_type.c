// __auto_type takes its type from the name.
#include <string.h>
void f(char *d) {
  __auto_type copy = strcpy;  // use: strcpy address
  copy(d, d);
}
