// C++20.
// flags: -std=c++20
#include <compare>
#include <cstring>
struct Text { char* d; auto operator<=>(const Text& o) const { return strcpy(d, o.d) <=> o.d; } };  // use: strcpy call
struct Options { char* (*copy)(char*, const char*); };
char* f(char* d, Options o = {.copy = strcat}) {                        // use: strcat address
  return o.copy(d, "");
}
auto g(auto d) { return strcpy(d, ""); }                                // use: strcpy call
enum class Kind { copying };
using enum Kind;
Kind k = strcat(nullptr, "") ? copying : Kind();                         // use: strcat call
