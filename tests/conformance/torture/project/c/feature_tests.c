// Branches on features of the compiler.
// flags: -fsanitize=address
#include <string.h>
#if __has_feature(address_sanitizer) && __has_extension(c_generic_selections)
void a(char *d) { strcpy(d, d); }  // use: strcpy call
#endif
#if __has_include_next(<string.h>) || __has_attribute(no_such_attribute) || __has_warning("-Wno-such")
void b(char *d) { strcat(d, d); }  // use: strcat call maybe
#endif
#if __has_c_attribute(strcpy)
void c(char *d) { strcpy(d, d); }
#endif
