// Defined after its use.
int atoi(const char *);
int f(const char *s) { return atoi(s); }
int atoi(const char *s) { return *s; }
