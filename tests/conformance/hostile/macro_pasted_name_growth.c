// expect: guarded. An identifier that doubles thirty times.
extern char *strcpy(char *, const char *);
char *(*copy)(char *, const char *) = strcpy;
#define P(a, b) P_(a, b)
#define P_(a, b) a##b
#define D(x) P(x, x)
#define D4(x) D(D(D(D(x))))
#define D16(x) D4(D4(D4(D4(x))))
int D16(D4(D4(D(D(a)))));
