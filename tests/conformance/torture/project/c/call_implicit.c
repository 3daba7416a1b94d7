/* A call without any declaration, as C89 allows. */
/* flags: -std=gnu89 */
void f(char *d, char *s) {
  strcpy(d, s);   /* use: strcpy call */
  mktemp(d);      /* use: mktemp call */
  system(s);      /* use: system call */
}
