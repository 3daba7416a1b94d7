// flags: -std=c11
#include <string.h>
_Static_assert(sizeof(strcpy((char *)0, "")) == sizeof(char *), "strcpy");  // use: strcpy call:23
