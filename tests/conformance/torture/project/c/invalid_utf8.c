// Bytes that are no UTF-8, in a comment ÿþ and in a string.
#include <string.h>
void f(char *d) { strcpy(d, "ÿÀ"); }  // use: strcpy call
