// expect: guarded, a runaway. Deferred macros double a list of arguments thirty times.
extern char *strcpy(char *, const char *);
char *(*copy)(char *, const char *) = strcpy;
#define E0(...) __VA_ARGS__, __VA_ARGS__
#define E1(...) E0(E0(E0(__VA_ARGS__)))
#define E2(...) E1(E1(E1(__VA_ARGS__)))
#define E3(...) E2(E2(E2(__VA_ARGS__)))
#define E4(...) E3(E3(E3(__VA_ARGS__)))
int a[] = {E4(1)};
