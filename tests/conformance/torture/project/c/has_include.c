// Branches on whether a header is there.
#if __has_include("nowhere_to_be_found.h")
#include "nowhere_to_be_found.h"
void a(char *d) { strcpy(d, d); }
#elif __has_include("hand_declared.h") && __has_include(<string.h>)
#include <string.h>
void b(char *d) { strcat(d, d); }  // use: strcat call
#endif
