// The project's own function of that name, visible in this file alone.
static char *strcpy(char *d, const char *s) {
  while ((*d++ = *s++)) {
  }
  return d;
}
typedef char *(*copier)(char *, const char *);
copier f(char *d) {
  strcpy(d, d);
  return strcpy;
}
