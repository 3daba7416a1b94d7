// A header expands its own macro; the unit expands it as well.
#include "expands_itself.h"
void f(char *d) { EXPANDS(d); expands(d); }  // use: strcpy call through EXPANDS
