// Labels with symbols of the project's own, one of which contains a banned name.
extern int number(const char *) __asm__("project_number");
extern char *copy(char *, const char *) __asm__("my_strcpy");
void f(char *d, const char *s) {
  number(s);
  copy(d, s);
}
