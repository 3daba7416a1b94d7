// C23's #elifdef and #elifndef.
// flags: -std=c2x
#include <string.h>
#define HERE
#ifdef NEVER
void a(char *d) { strcpy(d, d); }
#elifdef HERE
void b(char *d) { strcat(d, d); }  // use: strcat call
#elifndef NEVER
void c(char *d) { strcpy(d, d); }
#endif
