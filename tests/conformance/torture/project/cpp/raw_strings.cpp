// Raw strings, whose text looks like code and like their own end.
#include <cstring>
const char* a = R"(strcpy(d, s))";
const char* b = R"x(")"; strcpy(d, s); R"()x";
const wchar_t* c = LR"(
strcat(d, s); // " )";
const char* e = "R\"(" "strcpy(";
void f(char* d) { strcpy(d, R"(\)"); strcat(d, R"//(strcpy(d, "))//"); }  // use: strcpy call:19, strcat call:38
#define R "not raw ("
const char* g = R"(strcpy(d, d))";
