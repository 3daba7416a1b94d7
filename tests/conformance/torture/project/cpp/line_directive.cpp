// #line in C++.
#include <cstring>
#line 1 "generated.y"
void f(char* d) { std::strcpy(d, ""); }  // use: strcpy call
