#ifndef SHARED_H
#define SHARED_H
#include <string.h>
#include "vendored.h"

#define SHARED_COPY(d, s) strcpy(d, s)

static inline void shared_copy(char *d, const char *s) {
  strcpy(d, s);  // expect: strcpy call units=2
}

#endif
