// A macro that names itself is not expanded twice: the body's name is the function.
#include <string.h>
#define strcpy(d, s) strcpy((d), (s))  // body: strcpy
#define strcat strcat  // body: strcat
void f(char *d, const char *s) {
  strcpy(d, s);    // use: strcpy call:3 through strcpy
  strcat(d, s);    // use: strcat call:3 through strcat
  (strcpy)(d, s);  // use: strcpy call:4
}
