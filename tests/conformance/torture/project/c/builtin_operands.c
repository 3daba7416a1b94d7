// Names as operands of compiler built-ins.
#include <string.h>
int f(char *d) {
  if (__builtin_expect(strcpy(d, d) != 0, 1)) return 1;     // use: strcpy call
  if (__builtin_constant_p(strcat(d, d))) return 2;         // use: strcat call
  return __builtin_types_compatible_p(__typeof__(strcpy), int);  // use: strcpy address
}
