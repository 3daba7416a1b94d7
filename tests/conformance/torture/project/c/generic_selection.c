// Names in generic selections: control, chosen and other associations. What is chosen and called is a call.
#include <stdlib.h>
#include <string.h>
int f(int n, char *d) {
  n = _Generic(n, int: atoi, default: atoi)("1");         // use: atoi call:24, atoi address:39
  n = _Generic(n, long: 0, default: atoi("1"));           // use: atoi call
  n = _Generic(n, long: atoi("1"), default: 0);           // use: atoi call
  n = _Generic(strcpy(d, d), char *: 1, default: 0);      // use: strcpy call
  return n;
}
