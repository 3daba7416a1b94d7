// C++14.
// flags: -std=c++14
#include <cstring>
auto f(char* d) { return strcpy(d, ""); }                               // use: strcpy call
auto g = [c = &std::strcat](auto* d) { return c(d, ""); };              // use: strcat address
template <class T> constexpr auto size = sizeof(strcpy(T(), ""));       // use: strcpy call
[[deprecated("strcpy")]] int n = 1'0;
