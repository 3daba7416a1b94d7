// expect: guarded. A return type that needs itself with another type.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
template <class T> struct Box {};
template <class T> auto f(T t) -> decltype(f(Box<T>()));
struct S {};
auto f(S) -> int;
auto a = f(Box<S>());
