// Other names, and other functions that take the name as text.
#include <dlfcn.h>
#include <stdio.h>
static void *look_up(void *h, const char *n) { return n ? h : 0; }
void *f(void *h) {
  puts("strcpy");
  (void)look_up(h, "strcpy");
  (void)dlopen("strcpy", RTLD_NOW);
  return dlsym(h, "my_strcpy");
}
