// Imported by nobody else.
static inline void oddly_two(char *d) { strcat(d, d); }  // use: strcat call
