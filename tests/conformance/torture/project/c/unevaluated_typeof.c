// Names under __typeof__ and typeof.
#include <string.h>
__typeof__(strcpy) own_copy;      // use: strcpy address
__typeof__(&strcat) own_pointer;  // use: strcat address
void f(char *d) {
  typeof(strcpy(d, d)) e = d;     // use: strcpy call
  (void)e;
}
