// The library's function, declared in a header of the project.
#include "hand_declared.h"
void f(char *d) {
  tmpnam(d);  // use: tmpnam call
}
