// A system header's inline functions use the name; the project's line only calls those.
#include <system_inline.h>
void f(char *d) { system_inline_copy(d); }
