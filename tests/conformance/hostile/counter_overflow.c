// expect: guarded. Array bounds and shifts beyond every integer.
extern char *strcpy(char *, const char *);
char *(*copy)(char *, const char *) = strcpy;
char a[0xffffffffffffffffffffffffffff];
int b[-1], c[1 << 4000];
