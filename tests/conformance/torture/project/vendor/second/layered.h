// The next one.
#include <string.h>
static inline void layered_two(char *d) { strcat(d, d); }  // use: strcat call
