// The second header of a name, by #include_next.
// flags: -Ivendor/first -Ivendor/second
#include "layered.h"
void f(char *d) { layered_one(d); layered_two(d); }
