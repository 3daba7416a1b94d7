// The project's own definition of a banned name: its uses count, its definition does not.
int legacy_open(const char *s) { return s != 0; }
int f(void) { return legacy_open("x"); }  // use: ::legacy_open call
