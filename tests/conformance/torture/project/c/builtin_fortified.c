// The checked forms of the compiler.
void f(char *d, const char *s) {
  __builtin___strcpy_chk(d, s, 16);            // use: strcpy call
  __builtin___strcat_chk(d, s, 16);            // use: strcat call
  __builtin___memcpy_chk(d, s, 3, 16);         // use: memcpy call
  __builtin___sprintf_chk(d, 0, 16, "%s", s);  // use: sprintf call
}
