// A dollar sign is part of an identifier.
static void strcpy$(char *d) { *d = 0; }
static void $strcpy(char *d) { *d = 0; }
void f(char *d) { strcpy$(d); $strcpy(d); }
