// An X-macro by file: the names stand in a file of the project.
#include <stdlib.h>
#include <string.h>
void *all[] = {
#define FUNCTION(f) (void *)f,
#include "functions.def"
#undef FUNCTION
};
const char *names[] = {
#define FUNCTION(f) #f,
#include "functions.def"
#undef FUNCTION
};
