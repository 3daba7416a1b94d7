// The name as a number.
#include <stdint.h>
#include <string.h>
uintptr_t f(void) { return (uintptr_t)strcpy + (uintptr_t)&strcat; }  // use: strcpy address:39, strcat address:60
