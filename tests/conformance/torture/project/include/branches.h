// Each unit sees one function, and both the third.
#include <string.h>
#ifdef WIDE
static inline void branch(char *d) { strcat(d, d); }  // use: strcat call
#else
static inline void branch(char *d) { strcpy(d, d); }  // use: strcpy call
#endif
static inline void always(char *d) { strcpy(d, d); }  // use: strcpy call units=2
