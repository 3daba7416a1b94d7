// The project defines the function itself, for other units as well.
char *tmpnam(char *d) { return d; }
int system(const char *c) { return c == 0; }
void f(char *d) { system(tmpnam(d)); }
