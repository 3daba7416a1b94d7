// expect: guarded, a runaway. A template that needs two others, 2 to the 200th in all.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
template <int N, unsigned long P> struct A { static constexpr int value = A<N - 1, P * 2>::value + A<N - 1, P * 2 + 1>::value; };
template <unsigned long P> struct A<0, P> { static constexpr int value = 1; };
static_assert(A<200, 0>::value == 1);
