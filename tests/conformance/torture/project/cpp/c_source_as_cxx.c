// A file named .c that is compiled as C++.
// flags: -x c++ -std=c++20
#include <cstring>
void f(char* d) { std::strcpy(d, ""); }  // use: strcpy call
