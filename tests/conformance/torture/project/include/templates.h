// Templates and classes of a header.
#pragma once
#include <cstring>
template <class T>
void templated(T* d) {
  std::strcpy(d, "");  // use: strcpy call units=2
}
template <class T>
struct Templated {
  void run(char* d) { strcat(d, ""); }  // use: strcat call units=2
};
struct Plain {
  void run(char* d) { strcpy(d, ""); }        // use: strcpy call units=2
  char* (*copy)(char*, const char*) = strcat;  // use: strcat address units=2
};
inline constexpr auto inline_pointer = &::strcpy;  // use: strcpy address units=2
