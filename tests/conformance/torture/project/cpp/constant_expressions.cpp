// constexpr, consteval and constinit.
#include <cstring>
using copier = char* (*)(char*, const char*);
constexpr copier a = strcpy;                                             // use: strcpy address
constinit copier b = std::strcat;                                        // use: strcat address
constexpr copier choose(bool w) { return w ? strcpy : strcat; }          // use: strcpy address:46, strcat address:55
consteval copier always() { return &strcpy; }                            // use: strcpy address
constexpr int copy(char* d) { if (d) strcpy(d, ""); return 1; }          // use: strcpy call
constexpr unsigned long length = __builtin_strlen("strcpy");
static_assert(choose(true) == strcpy);                                   // use: strcpy address
char copied[4];
constexpr void g(char* d) { __builtin_memcpy(d, "abc", 4); }             // use: memcpy call
