// Labels, jumps to them, and their address.
int f(int n) {
strcpy:
  if (n++ < 3) goto strcpy;
  void *p = &&gets;
  goto *p;
gets:
  return n;
}
