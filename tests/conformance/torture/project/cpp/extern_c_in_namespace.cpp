// A function with C linkage is the library's, in whatever namespace it is declared.
namespace own {
extern "C" char* strcpy(char*, const char*);
extern "C" { int system(const char*); }
}
void f(char* d) {
  own::strcpy(d, d);  // use: strcpy call
  own::system(d);     // use: system call
}
