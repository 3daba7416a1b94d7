// expect: named. Asking whether a device is there: no header, and nothing to pass over in silence.
#include <string.h>
#if __has_include("/dev/zero") || __has_include("/dev/stdin") || 1
void f(char *d) { strcpy(d, d); }
#endif
