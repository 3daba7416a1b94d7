// Its .gch is rubbish.
#include <string.h>
#define PRECOMPILED_COPY(d, s) strcpy(d, s)  // body: strcpy
