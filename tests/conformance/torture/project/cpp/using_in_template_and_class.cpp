// Using declarations where a template or a class is about.
#include <cstring>
template <class T>
void f(T d) {
  using std::strcpy;       // use: strcpy address
  strcpy(d, "");           // use: strcpy call
}
struct Base { void strcat(char*); };
struct Derived : Base { using Base::strcat; };
