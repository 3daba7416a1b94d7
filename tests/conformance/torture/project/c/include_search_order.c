// Headers of one name in several folders: the order of the search decides.
// flags: -iquote vendor/first -idirafter vendor/second
#include "ordered.h"
#include <ordered.h>
void f(char *d) { ordered_quoted(d); ordered_angled(d); }
