// Calls of what dlsym gives, in one expression, and with a pseudo-handle.
#define _GNU_SOURCE
#include <dlfcn.h>
void f(const char *s) {
  ((int (*)(const char *))dlsym(RTLD_DEFAULT, "system"))(s);  // use: system address
  (void)dlvsym(RTLD_NEXT, "gets", "GLIBC_2.2.5");             // use: gets address
}
