// expect: guarded. The compiler prints, which must not reach the answers of the worker.
#include <string.h>
#pragma clang __debug macro NULL
#pragma clang __debug dump strcpy
#pragma clang __debug diag_mapping
void f(char *d) { strcpy(d, d); }
