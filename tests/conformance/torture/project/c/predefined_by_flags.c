// Branches on what the compiler predefines for these flags.
// flags: -O2 -std=c11 -pthread -mavx2 -funsigned-char -fopenmp -fPIC
#include <string.h>
#if defined __OPTIMIZE__ && __STRICT_ANSI__ && defined(_REENTRANT)
void a(char *d) { strcpy(d, d); }  // use: strcpy call
#endif
#ifdef __AVX2__
void b(char *d) { strcat(d, d); }  // use: strcat call
#endif
#if __CHAR_UNSIGNED__ && '\377' > 0 && _OPENMP >= 201107
void c(char *d) { strcpy(d, d); }  // use: strcpy call
#endif
#if __PIC__ == 2 && __SIZEOF_POINTER__ == 8 && __STDC_VERSION__ == 201112L
void d(char *d) { strcat(d, d); }  // use: strcat call
#endif
#ifdef __AVX512F__
void e(char *d) { strcpy(d, d); }
#endif
