// A declaration that asks for the symbol of another function: what is called is what counts.
extern char *innocent(char *, const char *) __asm__("strcpy");
void *g;
void f(char *d, const char *s) {
  innocent(d, s);      // use: strcpy call:3
  g = (void *)innocent;  // use: strcpy address
}
