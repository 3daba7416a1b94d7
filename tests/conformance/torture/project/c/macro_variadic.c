// Names in variable arguments.
#include <stdio.h>
#include <string.h>
#define LOG(...) printf(__VA_ARGS__)
#define CALL(f, ...) f(__VA_ARGS__)
#define NAMED(args...) f(args)
void f(char *d, ...) {
  LOG("%s", strcpy(d, d));      // use: strcpy call
  CALL(strcpy, d, strcat(d, d));  // use: strcpy call:8, strcat call:19
  NAMED(strcpy(d, d));          // use: strcpy call
}
