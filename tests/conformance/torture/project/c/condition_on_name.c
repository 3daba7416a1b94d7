// Names in directives are no uses.
#include <string.h>
#ifdef strcpy
void a(char *d) { strcpy(d, d); }
#endif
#if defined(strcat) || defined strcpy || strcpy
void b(char *d) { strcat(d, d); }
#endif
#if !defined(strcat) && (1 ? !gets : 0)
void c(char *d) { strcat(d, d); }  // use: strcat call
#endif
#undef gets
#pragma message("strcpy")
#pragma unknown strcpy(d, d)
