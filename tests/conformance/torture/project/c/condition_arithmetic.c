// Conditions that need the whole language of #if.
#include <string.h>
#define SUM(a, b) ((a) + (b))
#define IS_DEFINED defined(SUM)
#if SUM(0x10, 020) == 32u && -1 > 0u && 'A' == 0x41 && (1 ? 2 : 1 / 0)
void a(char *d) { strcpy(d, d); }  // use: strcpy call
#endif
#if IS_DEFINED && !defined NEVER && NEVER == 0
void b(char *d) { strcat(d, d); }  // use: strcat call
#endif
#if (2 || 1 / 0) && 10 == 012 + 0
void c(char *d) { strcpy(d, d); }  // use: strcpy call
#elif no such (condition
void e(char *d) { strcpy(d, d); }
#endif
#if 18446744073709551615 == -1 && 0b11 == 3 && ~0 < 0
void g(char *d) { strcat(d, d); }  // use: strcat call
#endif
