// The rest of a file is marked as a system header's.
#include <cstring>
void f(char* d) { std::strcpy(d, ""); }  // use: strcpy call
#pragma clang system_header
void g(char* d) { std::strcat(d, ""); }  // use: strcat call
