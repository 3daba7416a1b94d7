// problem: a condition without end hides the rest of the file
#include <string.h>
void f(char *d) { strcpy(d, d); }  // use: strcpy seen
#ifdef NEVER
void g(char *d) { strcat(d, d); }
