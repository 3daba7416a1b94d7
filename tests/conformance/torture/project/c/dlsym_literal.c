// The dynamic linker is asked for the function by name.
#include <dlfcn.h>
void *f(void *h) {
  return dlsym(h, "strcpy");  // use: strcpy address
}
