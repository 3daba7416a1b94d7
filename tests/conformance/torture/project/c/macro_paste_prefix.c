// A fixed piece and an argument.
#include <string.h>
#define STR(what) str##what  // body: strcpy, strcat
#define CPY(what) what##cpy  // body: strcpy
void f(char *d, const char *s) {
  STR(cpy)(d, s);  // use: strcpy call through STR
  STR(cat)(d, s);  // use: strcat call through STR
  CPY(str)(d, s);  // use: strcpy call through CPY
}
