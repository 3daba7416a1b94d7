// Declarations of all shapes, and no use.
extern char *strcpy(char *, const char *);
char *(strcat)(char *, const char *);
char *gets(char *), *tmpnam(char *);
int (atoi)(const char *s), system(const char *);
typedef int number(const char *);
extern number atoi;
