// Uses in all kinds of member functions.
#include <cstring>
struct Text {
  char d[8];
  Text& operator=(const Text& o) { strcpy(d, o.d); return *this; }       // use: strcpy call
  operator char*() { return strcat(d, ""); }                             // use: strcat call
  char* operator()(const char* s) const& { return strcpy(const_cast<char*>(d), s); }  // use: strcpy call
  static void s(char* e) { std::strcpy(e, ""); }                         // use: strcpy call
  virtual void v() { strcat(d, d); }                                     // use: strcat call
  void later();
  struct Inner { void f(char* e) { ::strcpy(e, ""); } };                 // use: strcpy call
};
void Text::later() { strcpy(d, ""); }                                    // use: strcpy call
void f() {
  struct Local { void g(char* e) { strcat(e, ""); } };                   // use: strcat call
}
