// Inside the project, however it is reached.
#include <string.h>
static inline void vendored_copy(char *d) { strcpy(d, d); }  // use: strcpy call
