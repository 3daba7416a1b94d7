// A digit separator is no quote.
#include <cstring>
void f(char* d) {
  int n = 1'000'000; strcpy(d, "'"); n += 0x1'f;  // use: strcpy call
  (void)n, (void)'\'', strcat(d, ""), (void)'"';  // use: strcat call
}
