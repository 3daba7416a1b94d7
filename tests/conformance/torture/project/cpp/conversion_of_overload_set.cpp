// A cast chooses among the library's and the project's functions of one name.
#include <cstring>
void strcpy(int);
using own = void (*)(int);
using library = char* (*)(char*, const char*);
auto a = static_cast<own>(strcpy);
auto b = static_cast<library>(strcpy);  // use: strcpy address
auto c = (library)&::strcpy;            // use: strcpy address
