// Explicit instantiation, declared and defined.
#include <cstring>
template <class T> struct Text { void f(T* d) { strcpy(d, ""); } };  // use: strcpy call
extern template struct Text<char>;
template struct Text<char>;
