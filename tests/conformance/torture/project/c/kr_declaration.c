/* An old declaration without parameters declares the library's function. */
/* flags: -std=gnu89 */
char *strcat();
void f(d) char *d; { strcat(d, "x"); }  /* use: strcat call:22 */
