// Goes on to the next of its name.
#include_next <layered.h>
static inline void layered_one(char *d) { strcpy(d, d); }  // use: strcpy call
