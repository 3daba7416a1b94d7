// Branches on what the compiler has.
#if __has_builtin(__builtin_strcpy) && __has_attribute(cleanup)
void a(char *d) { __builtin_strcpy(d, d); }  // use: strcpy call
#else
void a(char *d) { __builtin_strcat(d, d); }
#endif
