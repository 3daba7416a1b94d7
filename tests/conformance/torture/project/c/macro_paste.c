// A name pasted from two arguments; its place is the pasting macro's definition.
#include <string.h>
#define PASTE(a, b) a##b  // body: strcpy
void f(char *d, const char *s) {
  PASTE(str, cpy)(d, s);  // use: strcpy call:3 through PASTE
}
