// expect: refused. A constant expression that calls itself without end.
constexpr int f(int n) { return f(n + 1) + 1; }
constexpr int a = f(0);
