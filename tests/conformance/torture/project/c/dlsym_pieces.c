// The name in pieces, and from a macro.
#include <dlfcn.h>
#define NAME "strcat"  // body: strcat
void *f(void *h) {
  (void)dlsym(h, ("str" "cpy"));  // use: strcpy address
  return dlsym(h, NAME);          // use: strcat address through NAME
}
