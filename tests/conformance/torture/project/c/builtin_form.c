// The compiler's own names for the library's functions.
void f(char *d, const char *s) {
  __builtin_strcpy(d, s);         // use: strcpy call
  __builtin_sprintf(d, "%s", s);  // use: sprintf call
  __builtin_memcpy(d, s, 3);      // use: memcpy call
  (__builtin_strcat)(d, s);       // use: strcat call
}
