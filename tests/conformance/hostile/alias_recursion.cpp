// expect: guarded. A conversion that needs another one, without end.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
template <int N> struct A { template <class T> operator T() const { return A<N + 1>(); } };
int a = A<0>() + A<1>();
struct B { B(A<0>); };
B b = A<2>();
