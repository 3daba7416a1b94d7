// problem: the configuration is refused by the source itself
#error choose a platform
#include <string.h>
void f(char *d) { strcpy(d, d); }  // use: strcpy seen
