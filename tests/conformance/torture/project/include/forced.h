// A header that the command line includes.
#include <string.h>
#define FORCED_COPY(d, s) strcpy(d, s)  // body: strcpy
static inline void forced(char *d) { strcat(d, d); }  // use: strcat call
