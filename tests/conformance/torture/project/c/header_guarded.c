// A header that is included again and again.
#include "guarded.h"
#include "guarded.h"
#include "../include/guarded.h"
void f(char *d) { guarded(d); }
