// Sources that include sources, with unnamed namespaces of one name.
#include "unity_part.cpp"
namespace { void more(char* d) { part(d); std::strcat(d, ""); } }  // use: strcat call
void f(char* d) { more(d); }
