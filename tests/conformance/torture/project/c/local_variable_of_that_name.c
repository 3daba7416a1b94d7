// Local variables, called and not.
int f(int n, int (*p)(int)) {
  int system = n, gets[2] = {1, 2};
  int (*strcpy)(int) = p;
  for (int atoi = 0; atoi < 2; atoi++) system += gets[atoi];
  return strcpy(system) + (*strcpy)(1);
}
