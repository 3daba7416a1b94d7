// expect: guarded. A generic lambda that is handed to itself with another type each time.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
auto f = [](auto self, auto n) -> decltype(auto) { return self(self, [n] { return n; }); };
auto a = f(f, 1);
