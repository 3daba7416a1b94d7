// Macros for several units.
#ifndef MACROS_H
#define MACROS_H
#include <string.h>
#define SHARED_COPY(d, s) strcpy(d, s)  // body: strcpy
#define SHARED_JOIN(a, b) a##b          // body: strcat
#define SHARED_UNUSED(d, s) strcpy(d, s)
#endif
