// A function pointer of another name whose declarator looks like a call.
#include <stdlib.h>
int (*number)(const char *) = atoi, (other)(const char *);  // use: atoi address
int count = sizeof(atoi("1"));                              // use: atoi call
