// expect: named. Pragmas that name files, libraries and folders.
#include <string.h>
#pragma comment(lib, "evil")
#pragma clang module import evil
#pragma GCC pch_preprocess "evil.pch"
#pragma GCC dependency "/etc/passwd"
#pragma omp parallel
#pragma GCC plugin "evil.so"
void f(char *d) { strcpy(d, d); }
