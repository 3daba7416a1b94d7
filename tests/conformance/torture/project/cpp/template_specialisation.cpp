// Full and partial specialisations with uses in them.
#include <cstring>
template <class T, class U> struct Copy { static void run(char*) {} };
template <class T> struct Copy<T, int> { static void run(char* d) { strcpy(d, ""); } };     // use: strcpy call
template <> struct Copy<int, int> { static void run(char* d) { strcat(d, ""); } };          // use: strcat call
template <class T> void g(T);
template <> void g<char*>(char* d) { std::strcpy(d, ""); }                                  // use: strcpy call
