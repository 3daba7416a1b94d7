// expect: refused. Array bounds and shifts beyond every integer.
char a[0xffffffffffffffffffffffffffff];
int b[-1], c[1 << 4000];
