// A header beside the source hides the one of the search path.
#include "shadowed.h"
void f(char *d) { shadowed(d); }
