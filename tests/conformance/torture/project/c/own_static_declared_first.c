// The same, declared before its use and defined after it.
static char *strcat(char *, const char *);
void f(char *d) { strcat(d, "x"); }
static char *strcat(char *d, const char *s) {
  *d = *s;
  return d;
}
