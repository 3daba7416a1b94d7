// A block that declares the library's function again.
void f(char *d, const char *s) {
  extern char *strcpy(char *, const char *);
  strcpy(d, s);  // use: strcpy call
  {
    char *strcat(char *, const char *);
    strcat(d, s);  // use: strcat call
  }
}
