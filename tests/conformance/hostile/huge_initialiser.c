// expect: guarded. A designator asks for an array of which every element is set.
extern char *strcpy(char *, const char *);
char *(*copy)(char *, const char *) = strcpy;
int a[] = {[0 ... 2000000000] = 3, [1000000000] = 4};
