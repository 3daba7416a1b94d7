// expect: refused. A return type that needs itself with another type.
template <class T> struct Box {};
template <class T> auto f(T t) -> decltype(f(Box<T>()));
struct S {};
auto f(S) -> int;
auto a = f(Box<S>());
