// __builtin_choose_expr names both sides.
#include <string.h>
void f(char *d) {
  __builtin_choose_expr(1, strcpy(d, d), 0);  // use: strcpy call
  __builtin_choose_expr(1, 0, strcat(d, d));  // use: strcat call
}
