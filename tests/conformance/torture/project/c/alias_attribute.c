// An alias names the symbol that it stands for.
extern char *mine(char *, const char *) __attribute__((alias("strcpy")));  // use: strcpy address
