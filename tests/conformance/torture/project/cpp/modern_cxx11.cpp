// C++11.
// flags: -std=c++11
#include <cstring>
typedef char* (*copier)(char*, const char*);
alignas(8) static thread_local copier a = strcpy;                       // use: strcpy address
auto f(char* d) -> char* { return [=] { return strcpy(d, ""); }(); }    // use: strcpy call
struct Text { copier c = strcat; Text() : c{strcpy} {} ~Text() noexcept(sizeof(strcat(nullptr, "")) > 0) {} };  // use: strcat address:26, strcpy address:45, strcat call:80
