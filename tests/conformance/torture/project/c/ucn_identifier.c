// Identifiers with universal character names, beside a use.
#include <string.h>
static void caf\u00e9(char *d) { strcpy(d, d); }  // use: strcpy call
static void strcpy\u00e9(char *d) { caf\u00e9(d); }
void f(char *d) { strcpy\u00e9(d); }
