// Line splices inside a qualified name.
#include <cstring>
void f(char* d) {
  std:\
:str\
cpy(d, "");  // use@-1: strcpy call:2
}
