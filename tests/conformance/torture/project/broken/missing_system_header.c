// problem: the header that declares the function is missing
#include <not_there/string.h>
void f(char *d) {
  strcpy(d, d);  // use: strcpy seen
}
