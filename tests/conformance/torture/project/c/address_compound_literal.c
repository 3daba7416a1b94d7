// Function pointers in compound literals.
#include <string.h>
struct operations { char *(*copy)(char *, const char *); };
void take(struct operations *);
void f(void) {
  take(&(struct operations){strcpy});           // use: strcpy address
  take(&(struct operations){.copy = strcat});   // use: strcat address
  (char *(*[])(char *, const char *)){strcpy}[0];  // use: strcpy address
}
