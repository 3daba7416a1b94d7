// expect: refused. A template that needs the next one, without end.
template <int N> struct A : A<N + 1> {};
A<0> a;
