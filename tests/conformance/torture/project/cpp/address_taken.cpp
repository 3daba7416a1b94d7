// Addresses in all casts of C++.
#include <cstring>
using copier = char* (*)(char*, const char*);
using number = unsigned long;
copier a = std::strcpy, b = &::strcat;                             // use: strcpy address:17, strcat address:32
copier c{strcpy}, e(strcat);                                       // use: strcpy address:10, strcat address:21
void* g = reinterpret_cast<void*>(&std::strcpy);                   // use: strcpy address
auto h = static_cast<copier>(strcat);                              // use: strcat address
auto i = (copier)strcpy, j = copier(strcat);                       // use: strcpy address:18, strcat address:37
auto& k = std::strcpy;                                             // use: strcpy address
auto&& l = *strcat;                                                // use: strcat address
number m = reinterpret_cast<number>(strcpy);                       // use: strcpy address
