// A macro's parameter has a banned name.
static void own(char *d) { *d = 0; }
#define CALL(strcpy, gets) strcpy(gets)
void f(char *d) { CALL(own, d); }
