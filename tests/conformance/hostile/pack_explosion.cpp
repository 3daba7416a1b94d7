// expect: guarded, a runaway. A parameter pack of a thousand million elements.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
template <class T, T... N> struct Sequence { static constexpr auto size = sizeof...(N); };
template <int N> using Make = __make_integer_seq<Sequence, int, N>;
static_assert(Make<1000000000>::size == 0);
