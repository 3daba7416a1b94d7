// The same argument, made into text and used: one place.
#include <string.h>
struct entry { const char *name; void *address; };
#define ENTRY(f) {#f, (void *)f}
struct entry table[] = {
    ENTRY(strcpy),  // use: strcpy address:11
    ENTRY(strcat),  // use: strcat address:11
};
