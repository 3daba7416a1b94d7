// The name as last operand of a comma.
#include <string.h>
void f(int w, char *d) {
  (w++, strcpy)(d, d);  // use: strcpy address
}
