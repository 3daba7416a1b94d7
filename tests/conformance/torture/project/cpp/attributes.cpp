// Functions named by attributes.
extern "C" int legacy_close(int*);
void f() {
  [[gnu::cleanup(legacy_close)]] int n = 1;  // use: ::legacy_close address
  (void)n;
}
