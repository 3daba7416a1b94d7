// A using declaration names the function, and so does each call by it.
#include <cstring>
using std::strcpy;                  // use: strcpy address:12
namespace own { using ::strcat; }   // use: strcat address:25
void f(char* d, const char* s) {
  using std::strcat;                // use: strcat address:14
  strcpy(d, s);                     // use: strcpy call
  strcat(d, s);                     // use: strcat call
  own::strcat(d, s);                // use: strcat call
}
