// problem: nothing banned, and a header that may hold anything is missing
#include "generated/not_there.h"
int f(void) { return 0; }
