// The pragma makes a weak alias of the library's function.
extern char *strcpy(char *, const char *);
extern char *mine(char *, const char *);
#pragma weak mine = strcpy  // use: strcpy address:*
