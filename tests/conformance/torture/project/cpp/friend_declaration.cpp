// Friends: a declaration is no use, a definition in the class has uses.
#include <cstring>
class Text {
  friend char* ::strcpy(char*, const char*) noexcept;
  friend void copy(Text& t) { strcpy(t.d, ""); }       // use: strcpy call
  friend char* strcat(Text&, const char*);
  char d[8];
};
void f(Text& t) { strcat(t, ""); copy(t); }
