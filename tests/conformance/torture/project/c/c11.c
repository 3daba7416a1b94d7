// What C11 brought.
// flags: -std=c11
#include <stdalign.h>
#include <string.h>
typedef char *(*copier)(char *, const char *);
static _Thread_local copier one = strcpy;     // use: strcpy address
static _Atomic(copier) two = strcat;          // use: strcat address
_Alignas(sizeof(strcpy(0, ""))) char three;   // use: strcpy call
_Noreturn void f(char *d) { for (;;) one = strcpy, two = strcat, strcpy(d, u8"x"); }  // use: strcpy address:44, strcat address:58, strcpy call:66
