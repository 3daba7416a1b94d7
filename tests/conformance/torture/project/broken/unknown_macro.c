// problem, perhaps: a macro of a missing header stands before a definition
#include <string.h>
EXPORTED(void) f(char *d) {
  strcpy(d, d);  // use: strcpy seen
}
