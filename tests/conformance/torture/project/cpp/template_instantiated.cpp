// One place, however often it is instantiated.
#include <cstring>
template <class T>
T* copy(T* d) {
  return strcpy(d, "x");  // use: strcpy call
}
template char* copy<char>(char*);
char* f(char* d) { return copy(d); }
