/* The dialect of old code: implicit int, line comments by extension. */
/* flags: -std=gnu89 */
#include <string.h>
f(d) char *d; { // strcat(d, d);
  static n = 0;
  strcpy(d, d); /* use: strcpy call */
  return n;
}
