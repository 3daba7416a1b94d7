// A macro that nobody expands is no use.
#include <string.h>
#define COPY(d, s) strcpy(d, s)
#define COPIER strcpy
#define FORWARD(d, s) COPY(d, s)
int f(void) { return 0; }
