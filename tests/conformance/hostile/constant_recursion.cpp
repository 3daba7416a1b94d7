// expect: guarded. A constant expression that calls itself without end.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
constexpr int f(int n) { return f(n + 1) + 1; }
constexpr int a = f(0);
