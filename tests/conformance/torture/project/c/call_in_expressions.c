// Calls as operands of every kind of operator.
#include <stdlib.h>
#include <string.h>
int f(char *d, const char *s, int n) {
  n += atoi(s) * 2 - atoi(s);            // use: atoi call:8, atoi call:22
  n = -atoi(s);                          // use: atoi call
  n = ~atoi(s) & !atoi(s);               // use: atoi call:8, atoi call:19
  n = n ? atoi(s) : atoi(d);             // use: atoi call:11, atoi call:21
  n = n ?: atoi(s);                      // use: atoi call
  n = strcpy(d, s)[0];                   // use: strcpy call
  n = *strcpy(d, s);                     // use: strcpy call
  n = 3[strcpy(d, s)];                   // use: strcpy call
  n = d[atoi(s)];                        // use: atoi call
  n = (atoi(s), atoi(d));                // use: atoi call:8, atoi call:17
  n <<= atoi(s);                         // use: atoi call
  n = n && atoi(s) || atoi(d);           // use: atoi call:12, atoi call:23
  n = (int)(long)strcpy(d, s);           // use: strcpy call
  n = (atoi)(s) == (atoi(s)) > n;        // use: atoi call:8, atoi call:21
  return __extension__ atoi(s);          // use: atoi call
}
