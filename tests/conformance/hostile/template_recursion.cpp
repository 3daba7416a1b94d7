// expect: guarded. A template that needs the next one, without end.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
template <int N> struct A : A<N + 1> {};
A<0> a;
