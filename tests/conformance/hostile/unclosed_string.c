// expect: guarded. A string that nothing ends, before a use.
#include <string.h>
const char *a = "
void g(char *d) { strcpy(d, d); }
