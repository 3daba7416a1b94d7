// Once.
#pragma once
static inline void oddly(char *d) { strcpy(d, d); }  // use: strcpy call
