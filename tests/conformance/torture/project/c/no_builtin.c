// Without built-ins the name is still the library's.
// flags: -fno-builtin -ffreestanding
char *strcpy(char *, const char *);
void f(char *d) { strcpy(d, d); }  // use: strcpy call
