// The project's own overload beside the library's function: the chosen one counts.
#include <cstdlib>
#include <cstring>
static int system(int n) { return n; }
template <class T> void strcpy(T, int) {}
void f(char* d) {
  system(3);
  system("x");                          // use: system call
  strcpy(d, 3);
  strcpy(d, "x");                       // use: strcpy call
  int (*own)(int) = system;
  int (*library)(const char*) = system; // use: system address
  own(library(d));
}
