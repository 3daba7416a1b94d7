// A macro with a comma and template brackets among its arguments.
#include <cstring>
#define RUN(...) __VA_ARGS__
template <class A, class B> void two(A, B) {}
void f(char* d) { RUN(two<char*, char*>(strcpy(d, ""), std::strcat(d, "")));  }  // use: strcpy call:41, strcat call:61
