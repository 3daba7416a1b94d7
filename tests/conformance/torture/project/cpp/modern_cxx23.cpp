// C++23.
// flags: -std=c++23
#include <cstring>
struct Text {
  char d[8];
  char* copy(this Text& self) { return strcpy(self.d, ""); }            // use: strcpy call
  static char* operator()(char* e) { return strcat(e, ""); }            // use: strcat call
  char& operator[](char* a, int b) { return a[b]; }
};
constexpr void f(char* d) {
  if consteval { d = nullptr; } else { strcpy(d, ""); }                 // use: strcpy call
}
auto g = [](this auto self, char* d) -> char* { return strcpy(auto(d), ""); };  // use: strcpy call
char& h(Text& t, char* d) { return t[strcat(d, ""), 1]; }               // use: strcat call
#ifdef NEVER
#elifndef NEVER
void k(char* d) { std::strcpy(d, ""); }                                 // use: strcpy call
#endif
