// expect: guarded, a runaway. A constant expression without end.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
constexpr int f() { int r = 0; for (;;) r ^= 1; return r; }
constexpr int a = f();
