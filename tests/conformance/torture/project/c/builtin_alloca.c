// alloca in all its forms.
#include <alloca.h>
void take(void *);
void f(int n) {
  take(alloca(n));                              // use: alloca call
  take(__builtin_alloca(n));                    // use: alloca call
  take(__builtin_alloca_with_align(n, 64));     // use: alloca call
  take(__builtin_alloca_uninitialized(n));      // use: alloca call
}
