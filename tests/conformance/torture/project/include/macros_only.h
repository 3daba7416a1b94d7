// The function below is never compiled; the built-in declares itself.
#define MACROS_ONLY(d, s) __builtin_strcpy(d, s)  // body: strcpy
static inline void never_seen(char *d) { strcat(d, d); }
