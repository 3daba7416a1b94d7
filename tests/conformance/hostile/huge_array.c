// expect: clean. An object as large as the address space takes no memory to look at.
static char a[0x7fffffffffff];
int f(void) { return sizeof(a) > 3; }
