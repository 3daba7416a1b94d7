// Reached through a name of the command line alone.
#include <string.h>
static inline void by_option(char *d) { strcpy(d, d); }  // use: strcpy call
