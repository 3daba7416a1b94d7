// The name in comparisons and conditions.
#include <string.h>
int f(void *p) {
  if (strcpy) return 1;                   // use: strcpy address
  if (!strcat) return 2;                  // use: strcat address
  return p == (void *)strcpy || strcat != 0;  // use: strcpy address:23, strcat address:33
}
