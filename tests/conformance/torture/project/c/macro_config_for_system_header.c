// A macro that the project defines for a system header, which expands it in a function of its own.
#define SYSTEM_HOOK strcpy
#include <system_hook.h>
void f(char *d) { system_hooked(d); }
