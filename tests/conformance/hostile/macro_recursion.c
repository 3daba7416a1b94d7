// expect: clean. Macros that name each other are expanded once.
#define A B
#define B C
#define C A
int A = 1;
int f(void) { return A; }
