// Default member initialisers.
#include <cstdlib>
#include <cstring>
using copier = char* (*)(char*, const char*);
struct Text {
  copier a = strcpy;                   // use: strcpy address
  copier b{std::strcat};               // use: strcat address
  int n = std::atoi("1"), m{atoi("2")};  // use: atoi call:16, atoi call:29
  int bits : 3 = atoi("3");            // use: atoi call
  static inline copier s = ::strcpy;   // use: strcpy address
  static constexpr copier t = strcat;  // use: strcat address
};
