// A clean-up attribute calls its function at the end of the scope.
int legacy_close(int *);
void f(void) {
  __attribute__((cleanup(legacy_close))) int n = 3;  // use: ::legacy_close address
  (void)n;
}
