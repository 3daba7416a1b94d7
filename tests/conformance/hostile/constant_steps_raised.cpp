// flags: -fconstexpr-steps=4294967295 -fconstexpr-depth=2000000000
// expect: guarded, a runaway. The command lifts the limits on constant expressions.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
constexpr int f() { int r = 0; for (unsigned long i = 0; i < 1000000000000; ++i) r ^= 1; return r; }
constexpr int a = f();
