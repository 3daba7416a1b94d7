// problem: a type is unknown, and its function's body is not understood
#include <cstring>
void f(Unknown& d, char* e) {
  strcpy(d, e);        // use: strcpy seen
  std::strcat(e, d.x); // use: strcat seen
}
