// The name handed to a function, also to one without prototype and one with an ellipsis.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
void each(int (*)(const char *));
void variable(int, ...);
void old();
void f(void) {
  each(atoi);             // use: atoi address
  each(&atoi);            // use: atoi address
  variable(1, strcpy);    // use: strcpy address
  old(strcat);            // use: strcat address
  printf("%p", (void *)strcpy);  // use: strcpy address
  each(each == (void *)atoi ? 0 : atoi);  // use: atoi address:24, atoi address:35
}
