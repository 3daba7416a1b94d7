/* Outside the project. */
#include <string.h>
static inline void system_inline_copy(char *d) { strcpy(d, d); }
static char *(*const system_table[])(char *, const char *) = {strcpy, strcat};
