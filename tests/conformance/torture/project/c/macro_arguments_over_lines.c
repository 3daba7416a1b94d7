// A macro's arguments over several lines, with a directive among them.
#include <string.h>
#define APPLY(f, d, s) f(d, s)
void f(char *d) {
  APPLY(
      strcpy,  // use: strcpy call:7
      d,
      /* strcat */
      strcat(d, d)  // use: strcat call
  );
  APPLY(
#if 1
      strcat,  // use: strcat call:7
#else
      strcpy,
#endif
      d, d);
}
