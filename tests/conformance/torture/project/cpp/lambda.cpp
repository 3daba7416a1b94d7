// Lambdas: bodies, captures, return types, immediate calls.
#include <cstring>
using copier = char* (*)(char*, const char*);
auto a = [](char* d) { return strcpy(d, ""); };                         // use: strcpy call
auto b = [c = strcpy](char* d) { return c(d, ""); };                    // use: strcpy address
auto e = [](char* d) -> decltype(strcat(d, "")) { return d; };          // use: strcat call
char* g = [](char* d) { return [&] { return std::strcat(d, ""); }(); }(nullptr);  // use: strcat call
copier h = [](char* d, const char* s) { return ::strcpy(d, s); };       // use: strcpy call
auto i = [n = sizeof(strcpy(nullptr, ""))]() mutable { return n++; };   // use: strcpy call
