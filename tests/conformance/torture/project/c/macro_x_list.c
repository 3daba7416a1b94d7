// An X-macro: the list holds the names, the user asks for all of them at one place.
#include <stdlib.h>
#include <string.h>
#define FUNCTIONS(X) \
  X(strcpy)          \
  X(strcat)
// body@-2: strcpy
// body@-2: strcat
#define ADDRESS(f) (void *)f,
void *all[] = {
    FUNCTIONS(ADDRESS)  // use: strcpy address through FUNCTIONS, strcat address through FUNCTIONS
};
#define TEXT(f) #f,
const char *names[] = {FUNCTIONS(TEXT)};
