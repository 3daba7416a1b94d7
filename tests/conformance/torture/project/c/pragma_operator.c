// _Pragma around a use, and within a macro.
#include <string.h>
#define QUIET(x) _Pragma("clang diagnostic push") x _Pragma("clang diagnostic pop")
void f(char *d, const char *s) {
  QUIET(strcpy(d, s);)          // use: strcpy call:9
  _Pragma("GCC diagnostic ignored \"-Wall\"") strcat(d, s);  // use: strcat call
}
