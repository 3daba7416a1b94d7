// Branches on the depth of inclusion, the line and the counter.
#include <string.h>
#if __INCLUDE_LEVEL__ == 0 && __LINE__ == 3 && __COUNTER__ == 0
void a(char *d) { strcpy(d, d); }  // use: strcpy call
#endif
#if __COUNTER__ == 1
void b(char *d) { strcat(d, d); }  // use: strcat call
#endif
#include "depth.h"
