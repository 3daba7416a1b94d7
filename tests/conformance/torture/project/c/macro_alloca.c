// alloca through a macro of the project and the macro of the C library.
#include <alloca.h>
#define STACK(n) alloca(n)  // body: alloca
void *volatile p;
void f(int n) {
  p = STACK(n);  // use: alloca call through STACK
  p = alloca(n); // use: alloca call
}
