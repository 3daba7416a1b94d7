// A static function that nobody calls.
#include <string.h>
static void f(char *d) { strcpy(d, ""); }  // use: strcpy call
