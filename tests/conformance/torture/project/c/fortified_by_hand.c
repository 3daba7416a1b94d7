// The checked functions of the C library, declared by hand.
extern char *__strcpy_chk(char *, const char *, unsigned long);
extern void *__memcpy_chk(void *, const void *, unsigned long, unsigned long);
void f(char *d, const char *s) {
  __strcpy_chk(d, s, 16);     // use: strcpy call
  __memcpy_chk(d, s, 3, 16);  // use: memcpy call
}
