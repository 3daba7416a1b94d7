// The command line says which header.
// flags: -DHEADER=<hand_declared.h> -DOTHER=\"inline_by_option.h\"
#include HEADER
#include OTHER
void f(char *d) { tmpnam(d); by_option(d); }  // use: tmpnam call
