// Calls in a template that do not depend on its parameters.
#include <cstring>
template <class T>
struct Text {
  void f(char* d) { strcpy(d, ""); }                  // use: strcpy call
  template <class U> void g(char* d) { strcat(d, ""); }  // use: strcat call
  static inline char room[sizeof(T)];
};
