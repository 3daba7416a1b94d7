// expect: refused. The arguments of a macro go on to the end of the file, over a use.
#include <string.h>
#define EAT(...)
EAT(
void g(char *d) { strcpy(d, d); }
