// A member of that name is set to the function: one use, not two.
#include <string.h>
struct text { char *(*strcpy)(char *, const char *); };
void f(struct text *t, char *d) {
  t->strcpy = strcpy;                       // use: strcpy address:15
  struct text w = {.strcpy = strcpy};       // use: strcpy address:30
  w.strcpy(strcpy(d, d), t->strcpy(d, d));  // use: strcpy call:12
}
