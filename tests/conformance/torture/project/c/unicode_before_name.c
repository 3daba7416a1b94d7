// Letters of several bytes before a name on its line.
#include <string.h>
const char *f(char *d) { /* é ü 漢 */ return strcpy(d, "ß"); }  // use: strcpy call:*
