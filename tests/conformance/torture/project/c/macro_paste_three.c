// Pasted in several steps.
#include <string.h>
#define JOIN(a, b, c) a##b##c  // body: strcpy
#define ONE(a) a
#define STEP(a, b) JOIN2(a, b)
#define JOIN2(a, b) a##b  // body: strcat
void f(char *d, const char *s) {
  JOIN(s, tr, cpy)(d, s);           // use: strcpy call through JOIN
  STEP(ONE(str), ONE(cat))(d, s);   // use: strcat call:3 through JOIN2
}
