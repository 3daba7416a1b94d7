// Pasting with variable arguments, in the standard's and GNU's way.
#include <stdio.h>
#include <string.h>
#define GLUE(a, ...) a##__VA_ARGS__  // body: strcpy
#define CALL(f, d, ...) f(d, ##__VA_ARGS__)
void f(char *d) {
  GLUE(str, cpy)(d, d);      // use: strcpy call through GLUE
  CALL(strcat, d, d);        // use: strcat call:8
  CALL(__builtin_alloca, 3); // use: alloca call
}
