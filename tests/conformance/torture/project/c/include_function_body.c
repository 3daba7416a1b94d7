// The body of a function stands in a file of its own.
#include <string.h>
void f(char *d)
#include "body.inc"
