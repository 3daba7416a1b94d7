// expect: guarded, a runaway. A constant expression that calls itself twice on each level.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
constexpr int f(int n) { return n ? f(n - 1) + f(n - 1) : 1; }
static_assert(f(200) == 0);
