/* Names that are the project's own: nothing here is the library's. */
struct text {
  char *(*strcpy)(char *, const char *);
  int gets;
};

static char *strcpy(char *d, const char *s) {
  while ((*d++ = *s++)) {
  }
  return d;
}

char *tempnam(const char *directory, const char *prefix) { return strcpy((char *)directory, prefix); }

int uses(struct text *t, char *d, const char *s) {
  int system = 1;
  int (*popen)(int) = 0;
  t->strcpy(d, s);
  (*t).gets = 3;
  strcpy(d, s);
  tempnam(d, s);
gets:
  if (system++ < 2) goto gets;
  if (popen) popen(1);
  const char *text = "strcpy(d, s)"; /* strcpy(d, s) */
  return system + text[0];
}
