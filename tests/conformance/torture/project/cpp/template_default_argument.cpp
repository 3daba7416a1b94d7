// Functions as default arguments of templates.
#include <cstring>
template <auto F = std::strcpy>                        // use: strcpy address
struct Holder {};
template <class T = decltype(strcpy((char*)nullptr, ""))>  // use: strcpy call
struct Other {};
