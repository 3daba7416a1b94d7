// expect: guarded, a runaway. A constant expression that doubles an array until the limits are reached.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
struct Text { char* d; unsigned long n; };
constexpr bool f() {
  unsigned long n = 1;
  char* d = new char[n]{};
  for (int i = 0; i < 40; ++i) {
    char* e = new char[n * 2]{};
    for (unsigned long k = 0; k < n; ++k) e[k] = e[n + k] = d[k];
    delete[] d;
    d = e;
    n *= 2;
  }
  delete[] d;
  return true;
}
static_assert(f());
