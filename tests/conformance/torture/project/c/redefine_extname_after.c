// The pragma after the declaration, and by _Pragma.
extern char *innocent(char *, const char *);
#pragma redefine_extname innocent strcpy
extern char *harmless(char *, const char *);
_Pragma("redefine_extname harmless strcat")
void f(char *d, const char *s) {
  innocent(d, s);  // use: strcpy call
  harmless(d, s);  // use: strcat call
}
