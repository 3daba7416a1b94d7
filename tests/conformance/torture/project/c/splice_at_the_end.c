// The last line ends in a splice, with nothing behind it.
#include <string.h>
void f(char *d) { strcpy(d, d); }  // use: strcpy call
// the end \
