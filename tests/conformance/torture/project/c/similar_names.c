// Names that only contain a banned one.
static void my_strcpy(char *d) { *d = 0; }
static void strcpy_s(char *d) { *d = 0; }
static void STRCPY(char *d) { *d = 0; }
static void strcpyn(char *d) { *d = 0; }
void f(char *d) { my_strcpy(d); strcpy_s(d); STRCPY(d); strcpyn(d); }
