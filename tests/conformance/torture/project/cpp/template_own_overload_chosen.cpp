// The call depends on a parameter; both the library's and the project's function may be meant.
#include <cstring>
struct Own {};
void strcpy(Own, const char*);
template <class T>
void f(T d) {
  strcpy(d, "x");  // use: strcpy call
}
