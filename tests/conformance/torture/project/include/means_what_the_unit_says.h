// Two units see the line, and one of them the library's function in it.
static inline void means(char *d) { strcpy(d, d); }  // use: strcpy call
