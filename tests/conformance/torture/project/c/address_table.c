// Function pointers in a table.
#include <stdlib.h>
#include <string.h>
typedef char *(*copier)(char *, const char *);
static const copier table[] = {
    strcpy,    // use: strcpy address:5
    &strcat,   // use: strcat address:6
    0,
    strcpy, strcat,  // use: strcpy address:5, strcat address:13
};
void f(char *d) { table[0](d, d); }
