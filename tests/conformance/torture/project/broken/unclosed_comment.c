// problem: a comment without end hides the rest of the file
#include <string.h>
void f(char *d) { strcpy(d, d); }  // use: strcpy seen
/* void g(char *d) { strcat(d, d); }
