// The expressions that C++ adds.
#include <cstdlib>
#include <cstring>
#include <functional>
#include <new>
#include <thread>
struct S { int n; char* p; };
void f(char* d, const char* s) {
  auto* a = new char[std::atoi(s)];                          // use: atoi call
  auto* b = new (d) S{atoi(s), strcpy(d, s)};                // use: atoi call, strcpy call
  delete[] strcpy(a, s);                                     // use: strcpy call
  std::function<char*(char*, const char*)> g(strcpy);        // use: strcpy address
  auto h = std::bind(std::strcat, d, std::placeholders::_1); // use: strcat address
  auto k = std::ref(strcpy);                                 // use: strcpy address
  auto [n, p] = S{atoi(s), strcat(d, s)};                    // use: atoi call, strcat call
  std::invoke(::strcpy, d, s);                               // use: strcpy address
  static_cast<void>(strcat(d, s));                           // use: strcat call
  b->n = const_cast<const char*>(strcpy(d, s)) != nullptr;   // use: strcpy call
  g(d, s), h(s), k(d, s), (void)n, (void)p;
}
