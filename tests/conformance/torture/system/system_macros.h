/* Outside the project: what stands here is not the project's to change. */
#ifndef SYSTEM_MACROS_H
#define SYSTEM_MACROS_H
#include <string.h>
#define SYSTEM_COPY(d, s) strcpy(d, s)
#define SYSTEM_COPIER strcpy
#define SYSTEM_JOIN(a, b) a##b
#define SYSTEM_APPLY(f, d, s) f(d, s)
#define SYSTEM_NESTED(d, s) SYSTEM_COPY(d, s)
#define SYSTEM_IGNORE(x)
#endif
