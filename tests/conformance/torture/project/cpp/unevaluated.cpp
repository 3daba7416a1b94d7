// Operands that are never evaluated.
#include <cstring>
#include <typeinfo>
#include <utility>
using A = decltype(strcpy(nullptr, ""));                          // use: strcpy call
using B = decltype(std::strcat);                                  // use: strcat address
using C = decltype(&::strcpy);                                    // use: strcpy address
constexpr bool D = noexcept(strcpy(nullptr, ""));                 // use: strcpy call
constexpr auto E = sizeof(strcat(nullptr, ""));                   // use: strcat call
const auto& F = typeid(strcpy);                                   // use: strcpy address
auto g(char* d) -> decltype(strcpy(d, ""));                       // use: strcpy call
void h() noexcept(noexcept(std::strcat(nullptr, "")));            // use: strcat call
alignas(sizeof(strcpy(nullptr, ""))) char k[8];                   // use: strcpy call
static_assert(sizeof(decltype(strcat(std::declval<char*>(), ""))) > 1);  // use: strcat call
enum { L = sizeof(strcpy(nullptr, "")) };                         // use: strcpy call
char m[sizeof(strcat(nullptr, ""))];                              // use: strcat call
decltype(auto) n(char* d) { return strcpy(d, ""); }               // use: strcpy call
