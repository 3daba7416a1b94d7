// One file, included twice with another meaning of its macro: one place, two functions.
#include <string.h>
#define NAME first
#define FUNCTION strcpy  // body: strcpy
#include "repeated.inc"
#undef NAME
#undef FUNCTION
#define NAME second
#define FUNCTION strcat  // body: strcat
#include "repeated.inc"
