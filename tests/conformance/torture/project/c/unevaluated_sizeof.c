// Names under sizeof: not called at run time, and still named.
#include <string.h>
unsigned long f(char *d) {
  return sizeof(strcpy(d, d)) + sizeof strcat(d, d);  // use: strcpy call:17, strcat call:40
}
