// The command line takes a predefined macro away.
// flags: -U__linux__ -Ulinux
#include <string.h>
#ifdef __linux__
void a(char *d) { strcpy(d, d); }
#else
void a(char *d) { strcat(d, d); }  // use: strcat call
#endif
