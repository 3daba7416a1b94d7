// Members of templates, defined outside.
#include <cstring>
template <class T> struct Text { void f(T d); template <class U> void g(U d); static char* (*h)(char*, const char*); };
template <class T> void Text<T>::f(T d) { strcpy(d, ""); }                          // use: strcpy call
template <class T> template <class U> void Text<T>::g(U d) { ::strcat(d, ""); }     // use: strcat call
template <class T> char* (*Text<T>::h)(char*, const char*) = strcpy;                // use: strcpy address
