// problem: a generated header is missing; what was seen still convicts
#include <string.h>
#include "generated/not_there.h"
void f(char *d) {
  strcpy(d, d);  // use: strcpy seen
}
