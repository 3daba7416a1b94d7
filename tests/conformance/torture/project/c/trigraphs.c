// Trigraphs, in a dialect that has them.
// flags: -std=c99
??=include <string.h>
??=define COPY(d, s) strcpy(d, s) // body: strcpy
??=define GLUE(a, b) a??=??=b // body: strcat
void f(char *d, const char *s) ??<
  char text??(??) = "??/"strcpy(d, s)";
  COPY(d, s);            // use: strcpy call through COPY
  GLUE(str, cat)(d, s);  // use: strcat call through GLUE
  // a comment that goes on ??/
  strcpy(d, s);
  (void)text;
??>
