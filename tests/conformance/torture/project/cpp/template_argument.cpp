// Functions as template arguments.
#include <cstring>
using copier = char* (*)(char*, const char*);
template <copier F> void apply(char* d) { F(d, ""); }
template <auto F> struct Holder { static constexpr auto value = F; };
template <auto... F> struct Many {};
void f(char* d) {
  apply<strcpy>(d);                          // use: strcpy address:9
  apply<&std::strcat>(d);                    // use: strcat address:15
  Holder<std::strcpy>::value(d, "");         // use: strcpy address:15
  Many<strcpy, nullptr, strcat> m;           // use: strcpy address:8, strcat address:25
  (void)m;
}
