// The library's name in nested scopes, hidden and found again.
#include <cstdlib>
#include <cstring>
namespace own { int system(int); int f(int n) { return system(n); } }
namespace own { using ::system; int g() { return system("x") + system(1); } }  // use: system address:25, system call:50
int h() { int n = system("x"); int system = n; return system; }               // use: system call:19
