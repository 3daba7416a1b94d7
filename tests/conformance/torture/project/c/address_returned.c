// The name returned.
#include <string.h>
char *(*f(void))(char *, const char *) { return strcpy; }  // use: strcpy address
void *g(void) { return (void *)&strcat; }                  // use: strcat address
