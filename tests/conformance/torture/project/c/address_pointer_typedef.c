// A function type by typedef; the declaration with it is none of the library's own spelling, the assignment is a use.
#include <string.h>
typedef char *copy_function(char *, const char *);
extern copy_function *chosen;
copy_function strcpy;
copy_function *chosen = strcpy;  // use: strcpy address
