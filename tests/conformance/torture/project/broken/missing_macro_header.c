// problem: the macro that would hold the name comes from a missing header
#include "generated/macros.h"
void f(char *d) { GENERATED_COPY(d, d); }
