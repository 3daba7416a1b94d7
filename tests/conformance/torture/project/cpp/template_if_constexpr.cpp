// Both branches of a constexpr if, instantiated and not.
#include <cstring>
template <bool B>
void f(char* d) {
  if constexpr (B) {
    strcpy(d, "");  // use: strcpy call
  } else {
    strcat(d, "");  // use: strcat call
  }
}
void g(char* d) {
  f<true>(d);
  if constexpr (sizeof(int) == 1) std::strcpy(d, "");  // use: strcpy call
}
