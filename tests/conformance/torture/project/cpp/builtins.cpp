// The compiler's own names, in templates too.
template <class T>
T f(T d) {
  __builtin_strcpy(d, "");              // use: strcpy call
  return __builtin___strcat_chk(d, "", 8);  // use: strcat call
}
void g(char* d) { ::__builtin_memcpy(d, "", 1); }  // use: memcpy call
