// A friend defined in a class template.
#include <cstring>
template <class T>
struct Text {
  friend void copy(Text&, T d) { strcpy(d, ""); }  // use: strcpy call
};
