/* Strict C89 has no line comments: two slashes divide. */
/* flags: -std=c89 */
#include <stdlib.h>
int f(int n, const char *s) {
  n = n //* a comment; */ atoi(s) /* use: atoi call:27 */
    + 1;
  return n;
}
