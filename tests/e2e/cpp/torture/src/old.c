/* Without any header, as old code does: the declarations are implied. */
void old(char *d, char *s) {
  strcpy(d, s);  // expect: strcpy call
  mktemp(d);     // expect: mktemp call
}
