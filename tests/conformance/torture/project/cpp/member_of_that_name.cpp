// Members of classes with banned names, called in all ways.
struct Text {
  char* strcpy(const char*) { return strcat(nullptr); }
  char* strcat(const char*) { return this->strcpy(""); }
  static int system(const char*) { return 0; }
  int gets = 0;
  int (*popen)(int) = nullptr;
  template <class T> void memcpy(T) {}
  using atoi = int;
};
struct More : Text {
  using Text::strcpy;
  void f() { strcpy(""); Text::strcat(""); system(""); gets = popen(1); memcpy<int>(1); }
};
int f(Text& t, Text* u, More m) {
  t.strcpy("");
  u->strcat("");
  Text::system("");
  m.f();
  char* (Text::*p)(const char*) = &Text::strcpy;
  int (*q)(const char*) = &Text::system;
  (t.*p)("");
  t.memcpy<int>(3);
  return q("") + t.gets + (*t.popen)(1) + Text::atoi(3);
}
