// A header of the project includes the system's.
#include "wraps_system.h"
void f(char *d) { wrapped_copy(d); }
