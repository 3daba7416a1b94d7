/* Outside the project: the use stands here. */
#include <string.h>
static inline void system_hooked(char *d) { SYSTEM_HOOK(d, d); }
