// Functions of that name in namespaces of the project.
#include <cstring>
namespace own {
char* strcpy(char* d, const char*) { return d; }
namespace std { int system(const char*) { return 0; } }
char* f(char* d) {
  strcpy(d, "");
  std::system("");
  own::strcpy(d, "");
  ::strcpy(d, "");          // use: strcpy call
  return ::std::strcat(d, "");  // use: strcat call
}
}
char* (*p)(char*, const char*) = own::strcpy;
