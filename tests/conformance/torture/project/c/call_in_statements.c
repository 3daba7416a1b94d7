// Calls in every place that a statement has for an expression.
#include <stdlib.h>
#include <string.h>
int f(char *d, const char *s) {
  if (strcpy(d, s)) d++;                         // use: strcpy call
  if (!d) return 1; else strcpy(d, s);           // use: strcpy call
  while (*strcat(d, s) > 1) d++;                 // use: strcat call
  do strcpy(d, s); while (0);                    // use: strcpy call
  do d++; while (!strcpy(d, s));                 // use: strcpy call
  for (strcpy(d, s); *strcat(d, s); strcpy(d, s)) // use: strcpy call:8, strcat call:23, strcpy call:37
    strcat(d, s);                                // use: strcat call
  switch (atoi(s)) {                             // use: atoi call
    case 1: strcpy(d, s); break;                 // use: strcpy call
    default: strcat(d, s);                       // use: strcat call
  }
  goto there;
there: strcpy(d, s);                             // use: strcpy call
  { { strcat(d, s); } }                          // use: strcat call
  return strcpy(d, s), 0;                        // use: strcpy call
}
