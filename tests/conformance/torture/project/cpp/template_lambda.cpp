// Generic lambdas.
#include <cstring>
auto a = [](auto d) { strcpy(d, ""); };                              // use: strcpy call
auto b = []<class T>(T d) { return std::strcat(d, ""); };            // use: strcat call
auto c = [](auto d, auto p = nullptr) noexcept(noexcept(strcpy(d, ""))) {};  // use: strcpy call
