// flags: -isystem vendor
#include <vendored.h>
void f(char *d) { vendored_copy(d); }
