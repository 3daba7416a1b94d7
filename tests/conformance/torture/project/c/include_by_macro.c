// The name of the header comes from a macro.
#define STRING(x) #x
#define HEADER(name) STRING(name.h)
#define SYSTEM <string.h>
#include SYSTEM
#include HEADER(inline_by_macro)
void f(char *d) { by_macro(d); }
