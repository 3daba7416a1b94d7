// Qualified names: std, global, and through both.
#include <cstdlib>
#include <cstring>
void f(char* d, const char* s) {
  strcpy(d, s);                     // use: strcpy call:3
  ::strcpy(d, s);                   // use: strcpy call:5
  std::strcpy(d, s);                // use: strcpy call:8
  ::std::strcpy(d, s);              // use: strcpy call:10
  std :: strcat (d, s);             // use: strcat call:10
  (std::system)(s);                 // use: system call:9
  (*::std::strcat)(d, std::strcpy(d, s));  // use: strcat call:12, strcpy call:28
}
