// expect: refused. A generic lambda that is handed to itself with another type each time.
auto f = [](auto self, auto n) -> decltype(auto) { return self(self, [n] { return n; }); };
auto a = f(f, 1);
