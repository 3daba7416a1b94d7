// A local lambda hides the library's function.
#include <cstring>
void f(char* d) {
  strcpy(d, "");                                 // use: strcpy call
  auto strcpy = [](char*, const char*) {};
  strcpy(d, "");
  ::strcpy(d, "");                               // use: strcpy call
}
