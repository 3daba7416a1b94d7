// A block of Clang.
// flags: -fblocks
#include <string.h>
void take(void (^)(char *));
void f(void) {
  take(^(char *d) { strcpy(d, ""); });  // use: strcpy call
}
