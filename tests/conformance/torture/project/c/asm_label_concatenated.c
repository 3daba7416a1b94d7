// The symbol's name in pieces, and behind a macro of the project.
#define SYMBOL(x) __asm__("" #x)
extern char *innocent(char *, const char *) __asm__("str" "cpy");
extern char *harmless(char *, const char *) SYMBOL(strcat);
void f(char *d, const char *s) {
  innocent(d, s);  // use: strcpy call
  harmless(d, s);  // use: strcat call
}
