// expect: refused. A constant expression that asks for all memory.
constexpr bool f() { char* all = new char[1ull << 40]{}; delete[] all; return true; }
static_assert(f());
