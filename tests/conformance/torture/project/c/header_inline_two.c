// The other one.
#include "shared_inline.h"
void header_inline_two(char *d) { shared_inline(d); }
