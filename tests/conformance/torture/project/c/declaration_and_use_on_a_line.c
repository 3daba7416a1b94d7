// A declaration and a use of one name on one line.
char *strcpy(char *, const char *); void f(char *d) { strcpy(d, d); }  // use: strcpy call:55
