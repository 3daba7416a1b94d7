// A macro of the project that expands a macro of a system header: the project's macro is named, at its body.
#include <system_macros.h>
#define OWN_COPY(d, s) SYSTEM_COPY(d, s)  // body: strcpy
#define OWN_COPIER SYSTEM_COPIER          // body: strcpy
#define OUTER(d, s) OWN_COPY(d, s)
void f(char *d, const char *s) {
  OWN_COPY(d, s);    // use: strcpy call:3 through OWN_COPY
  OWN_COPIER(d, s);  // use: strcpy call:3 through OWN_COPIER
  OUTER(d, s);       // use: strcpy call:3 through OWN_COPY
}
