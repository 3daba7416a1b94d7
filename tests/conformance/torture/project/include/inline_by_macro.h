// Reached through a computed #include alone.
static inline void by_macro(char *d) { strcpy(d, d); }  // use: strcpy call
