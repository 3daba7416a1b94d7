// What the system's header does inside is not the project's; what this header does is.
#include <system_inline.h>
static inline void wrapped_copy(char *d) {
  system_inline_copy(d);
  strcat(d, d);  // use: strcat call
}
