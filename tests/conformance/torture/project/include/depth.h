// A branch for included files alone.
#if __INCLUDE_LEVEL__ > 0
static inline void deep(char *d) { strcpy(d, d); }  // use: strcpy call
#else
static inline void deep(char *d) { strcat(d, d); }
#endif
