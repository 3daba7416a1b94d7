// flags: -ftemplate-depth=2000000000
// expect: guarded, a runaway. The command lifts the limit on nested instantiations.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
template <int N> struct A : A<N + 1> {};
A<0> a;
