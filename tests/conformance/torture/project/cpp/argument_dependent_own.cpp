// Lookup by arguments finds the project's own function instead of the library's.
#include <cstring>
namespace own {
struct Text {};
void strcpy(Text, const char*);
}
void f(own::Text t, char* d) {
  strcpy(t, "x");
  strcpy(d, "x");  // use: strcpy call
}
