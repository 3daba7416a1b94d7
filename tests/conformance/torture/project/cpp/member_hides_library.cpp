// Inside the class the member hides the library's function, which a qualifier still reaches.
#include <cstdlib>
#include <cstring>
struct Text {
  char d[8];
  void strcpy(const char* s) {
    strcpy(s);
    ::strcpy(d, s);       // use: strcpy call
    std::strcpy(d, s);    // use: strcpy call
    strcat(d, s);         // use: strcat call
  }
  int system(const char* s) { return ::system(s) + this->system(s); }  // use: system call:40
};
