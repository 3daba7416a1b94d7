// Alias templates.
#include <cstring>
template <auto F> struct Holder {};
template <class T> using A = Holder<strcpy>;                        // use: strcpy address
template <class T> using B = decltype(strcat(T(), ""));             // use: strcat call
