// Parameters, also of prototypes and of function pointers.
int a(int system, int (*popen)(int));
int b(int system, int (*popen)(int)) { return popen(system) + popen(1); }
typedef int (*callback)(const char *gets, int atoi);
int c(callback strcpy) { return strcpy("x", 1); }
