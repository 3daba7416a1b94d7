// Labels and unknown attributes of that name.
[[vendor::strcpy]] int f(int n) {
gets:
  if (n++ < 3) goto gets;
  return n;
}
