// Default arguments of functions, members, lambdas.
#include <cstdlib>
#include <cstring>
using copier = char* (*)(char*, const char*);
void f(copier c = strcpy, int n = atoi("1"));                       // use: strcpy address, atoi call
struct Text { Text(copier = std::strcat); void g(copier = &strcpy); };  // use: strcat address, strcpy address
auto h = [](copier c = strcat) { return c; };                        // use: strcat address
template <class T> void k(T, copier c = strcpy);                     // use: strcpy address
