// A name that no library has: whoever declares it, it is meant.
int legacy_open(const char *);
static int legacy_local(void) { return 0; }
int f(void) {
  int (*p)(const char *) = legacy_open;  // use: ::legacy_open address
  return legacy_open("x") + p("y") + legacy_local();  // use: ::legacy_open call
}
