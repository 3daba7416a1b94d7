// An indirect function whose resolver hands out the library's one.
#include <string.h>
static char *(*resolve(void))(char *, const char *) { return strcpy; }  // use: strcpy address
char *copy(char *, const char *) __attribute__((ifunc("resolve")));
