// Beside the source.
#include <string.h>
static inline void shadowed(char *d) { strcpy(d, d); }  // use: strcpy call
