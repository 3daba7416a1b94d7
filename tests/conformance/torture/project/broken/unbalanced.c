// problem: a brace is missing, and the syntax tree loses what follows
#include <string.h>
struct open {
  int a;
void f(char *d) {
  strcpy(d, d);  // use: strcpy seen
}
void g(char *d) {
  strcat(d, d);  // use: strcat seen
}
