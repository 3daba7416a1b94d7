// expect: guarded. Nested calls with an exponential number of candidates.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
struct A { template <class T> A(T); A(); };
template <class T> auto f(T t, int) -> decltype(t.none);
template <class T> struct W { T t; };
template <class T> W<W<T>> f(T, long);
auto a = f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(0,0),0),0),0),0),0),0),0),0),0),0),0),0),0),0),0),0),0),0),0),0),0),0),0),0),0).none;
