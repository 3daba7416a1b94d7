// expect: guarded. A file outside the project that is no source.
extern char *strcpy(char *, const char *);
char *(*copy)(char *, const char *) = strcpy;
#include "/etc/passwd"
