// A guard of the classic shape.
#ifndef GUARDED_H
#define GUARDED_H
#include <string.h>
static inline void guarded(char *d) { strcpy(d, d); }  // use: strcpy call
#endif
