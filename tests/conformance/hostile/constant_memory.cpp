// expect: guarded. A constant expression that asks for all memory.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
constexpr bool f() { char* all = new char[1ull << 40]{}; delete[] all; return true; }
static_assert(f());
