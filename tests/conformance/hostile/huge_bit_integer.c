// flags: -std=c2x
// expect: clean. Arithmetic on the widest integers.
unsigned _BitInt(8388608) a = 1;
unsigned _BitInt(8388608) f(void) { return a * a + a / 3; }
