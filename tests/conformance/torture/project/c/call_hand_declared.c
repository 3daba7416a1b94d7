// The library's function, declared by the project itself.
extern char *gets(char *);
int system(const char *);
void f(char *d) {
  gets(d);    // use: gets call
  system(d);  // use: system call
}
