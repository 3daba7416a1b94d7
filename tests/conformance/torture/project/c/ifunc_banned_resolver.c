// The resolver itself is banned: the attribute names it.
void *legacy_resolve(void);
char *copy(char *, const char *) __attribute__((ifunc("legacy_resolve")));  // use: ::legacy_resolve address
