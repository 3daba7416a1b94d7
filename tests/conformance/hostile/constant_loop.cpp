// expect: refused, a runaway. A constant expression without end.
constexpr int f() { int r = 0; for (;;) r ^= 1; return r; }
constexpr int a = f();
