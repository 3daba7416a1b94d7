// Seen by two units: one finding a place.
#pragma once
#include <string.h>
static inline void shared_inline(char *d) {
  strcpy(d, d);  // use: strcpy call:3 units=2
}
static char *(*const shared_pointer)(char *, const char *) = strcat;  // use: strcat address units=2
