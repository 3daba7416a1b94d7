// Not a unit: a part of unity.c, which it finds beside itself.
#include <string.h>
static void one(char *d) { strcpy(d, d); }  // use: strcpy call
