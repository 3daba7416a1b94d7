// A weak reference calls what its attribute names, like a label does.
static char *mine(char *, const char *) __attribute__((weakref("strcpy")));  // use: strcpy address maybe
void f(char *d, const char *s) {
  mine(d, s);  // use: strcpy call
}
