// Found by the quoted form.
#include <string.h>
static inline void ordered_quoted(char *d) { strcpy(d, d); }  // use: strcpy call
