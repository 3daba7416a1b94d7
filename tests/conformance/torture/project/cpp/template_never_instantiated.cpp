// Calls in templates that nothing instantiates.
#include <algorithm>
#include <cstring>
template <class T>
void f(T d, const char* s) {
  strcpy(d, s);                                // use: strcpy call
  std::strcat(d, s);                           // use: strcat call
  ::strcat(d.text(), s);                       // use: strcat call
  std::random_shuffle(d.begin(), d.end());     // use: std::random_shuffle call
  auto p = std::strcpy;                        // use: strcpy address
  p(d, s);
}
