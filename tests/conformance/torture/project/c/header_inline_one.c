// One of two units that see the inline functions of a header.
#include "shared_inline.h"
void header_inline_one(char *d) { shared_inline(d); }
