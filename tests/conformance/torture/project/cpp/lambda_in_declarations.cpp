// Lambdas in default arguments, template arguments and unevaluated operands.
#include <cstring>
void f(char* d, char* (*g)(char*) = [](char* e) { return strcpy(e, ""); });    // use: strcpy call
template <auto L> struct Holder {};
Holder<[](char* d) { return std::strcat(d, ""); }> holder;                     // use: strcat call
using T = decltype([](char* d) { strcpy(d, ""); });                            // use: strcpy call
