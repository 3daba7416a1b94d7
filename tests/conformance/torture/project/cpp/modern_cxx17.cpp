// C++17.
// flags: -std=c++17
#include <cstring>
namespace a::b { inline auto c = strcpy; }                              // use: strcpy address
template <auto V> constexpr auto value = V;
char* f(char* d) {
  if (auto e = value<strcat>; e) return e(d, "");                       // use: strcat address
  return [d = strcpy(d, "")] { return d; }();                           // use: strcpy call
}
