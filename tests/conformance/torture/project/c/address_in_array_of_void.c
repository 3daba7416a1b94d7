// Names among other pointers.
#include <string.h>
#include <stdlib.h>
void *symbols[][2] = {{"strcpy", (void *)strcpy}, {"atoi", (void *)atoi}};  // use: strcpy address:42, atoi address:68
