// A name that only the third pasting completes, and one that a counter would spoil.
#include <string.h>
#define CAT(a, b) CAT_(a, b)
#define CAT_(a, b) a##b  // body: strcpy
#define PY p##y
#define EMPTY
void f(char *d) {
  CAT(CAT(st, r), CAT(c, PY))(d, d);   // use: strcpy call:3 through CAT_
  CAT(strcat, EMPTY)(d, d);            // use: strcat call:7
  int CAT(strcpy, __COUNTER__) = 0;
  int CAT(strcpy_, __LINE__) = 0;
  (void)strcpy0, (void)strcpy_11;
}
