// Both a unit and a part of unity.c.
#include <string.h>
static void two(char *d) { strcat(d, d); }  // use: strcat call units=2
