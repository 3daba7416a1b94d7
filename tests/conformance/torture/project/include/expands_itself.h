// Defines, and uses.
#include <string.h>
#define EXPANDS(d) strcpy(d, "")  // body: strcpy
static inline void expands(char *d) { EXPANDS(d); }  // use: strcpy call through EXPANDS
