// Constructor initialisers, delegation, and function-try-blocks.
#include <cstdlib>
#include <cstring>
using copier = char* (*)(char*, const char*);
struct Base { explicit Base(copier); };
struct Text : Base {
  copier c;
  int n;
  Text() : Base(strcpy), c(std::strcat), n{atoi("1")} {}          // use: strcpy address:17, strcat address:33, atoi call:44
  explicit Text(int) : Text() { strcpy(nullptr, ""); }            // use: strcpy call
  explicit Text(char* d) try : Base(strcat), c{strcpy}, n(0) {    // use: strcat address:37, strcpy address:48
    strcpy(d, "");                                                // use: strcpy call
  } catch (...) {
    std::system("x");                                             // use: system call
  }
  Text(int, int);
  ~Text() { strcat(nullptr, ""); }                                // use: strcat call
};
Text::Text(int, int) : Base(&std::strcpy), c(), n(std::atoi("2")) {}  // use: strcpy address, atoi call
