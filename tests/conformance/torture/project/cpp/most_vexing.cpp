// Declarations that look like calls, and calls that look like declarations.
#include <cstdlib>
struct Text { Text(int); };
void f(const char* s) {
  Text a(std::atoi(s));         // use: atoi call
  Text b(int(*s));
  int(c)(std::atoi(s));         // use: atoi call
  (void)c;
}
