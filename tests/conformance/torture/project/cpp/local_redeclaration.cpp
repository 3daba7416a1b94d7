// A block declares the library's function.
#include <cstring>
void f(char* d) {
  extern char* strcpy(char*, const char*) noexcept;
  strcpy(d, d);  // use: strcpy call
}
