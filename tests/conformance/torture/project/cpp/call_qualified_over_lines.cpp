// The qualifier and the name on lines of their own: the name's line counts.
#include <cstring>
void f(char* d, const char* s) {
  std::
      strcpy(d, s);  // use: strcpy call:7
}
