// expect: guarded, a runaway. Types whose names double at each step.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
template <class T, class U> struct Pair {};
template <int N, class T> struct A { using type = typename A<N - 1, Pair<T, T>>::type; };
template <class T> struct A<0, T> { using type = typename T::nothing; };
A<40, int>::type a;
