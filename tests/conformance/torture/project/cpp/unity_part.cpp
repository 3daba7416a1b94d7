// Not a unit: a part of unity.cpp.
#include <cstring>
namespace { void part(char* d) { std::strcpy(d, ""); } }  // use: strcpy call
