// The project repeats a declaration of the library; no use in that.
#include <string.h>
extern char *strcpy(char *restrict, const char *restrict);
extern __typeof__(sizeof(0)) strlen(const char *);
void f(char *d, const char *s) {
  strcpy(d, s);  // use: strcpy call
}
