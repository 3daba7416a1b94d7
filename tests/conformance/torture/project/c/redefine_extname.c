// The pragma gives a declaration another symbol.
#pragma redefine_extname innocent strcpy
extern char *innocent(char *, const char *);
void f(char *d, const char *s) {
  innocent(d, s);  // use: strcpy call
}
