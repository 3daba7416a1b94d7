// Compiled twice with different macros, so that one line has two meanings.
// flags: -DCOPY=strcpy
// flags: -DCOPY=strcat -DMORE
#include <string.h>
void f(char *d) { COPY(d, d); }  // use: strcpy call through COPY, strcat call through COPY
void g(char *d) { strcpy(d, d); }  // use: strcpy call units=2
#ifdef MORE
void h(char *d) { strcat(d, d); }  // use: strcat call
#endif
