// The command line sends the name elsewhere.
// flags: -Dgets=project_gets
extern char *gets(char *);
void f(char *d) { gets(d); }
