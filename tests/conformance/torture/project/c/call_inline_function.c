// Inline functions of three kinds in a source file.
#include <string.h>
inline void a(char *d) { strcpy(d, ""); }          // use: strcpy call
static inline void b(char *d) { strcat(d, ""); }   // use: strcat call
extern inline void c(char *d) { strcpy(d, ""); }   // use: strcpy call
