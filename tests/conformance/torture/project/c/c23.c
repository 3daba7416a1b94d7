// What C23 brought.
// flags: -std=c2x
#include <stdlib.h>
#include <string.h>
typedef char *copier(char *, const char *);
int legacy_close(int *);
[[maybe_unused]] static copier *one = strcpy;       // use: strcpy address
typeof(strcat) *two = nullptr;                      // use: strcat address
static_assert(sizeof(strcpy((char *)nullptr, "")));  // use: strcpy call
int f(char *d, int) {
  auto three = strcpy;                              // use: strcpy address
  constexpr int n = 1'000'000;
  strcpy(d, "'");                                   // use: strcpy call
  three(d, "x");
  [[gnu::cleanup(legacy_close)]] int four = n;      // use: ::legacy_close address
  return four + u8'"' + 0b1'1 + atoi("1");          // use: atoi call
}
