// The name made into text is no use.
#include <stdio.h>
#include <string.h>
#define TEXT(x) #x
#define TEXT_OF(x) TEXT(x)
#define COPIER strcpy
void f(void) {
  puts(TEXT(strcpy));
  puts(TEXT(strcpy(d, s)));
  puts(TEXT_OF(COPIER));
}
