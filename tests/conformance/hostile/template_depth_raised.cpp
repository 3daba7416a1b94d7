// flags: -ftemplate-depth=2000000000
// expect: refused, a runaway. The command lifts the limit on nested instantiations.
template <int N> struct A : A<N + 1> {};
A<0> a;
