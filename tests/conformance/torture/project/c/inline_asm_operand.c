// The name as an operand of an inline assembly.
#include <string.h>
void f(char *d) {
  __asm__ volatile("call *%0" ::"r"(strcpy));   // use: strcpy address
  __asm__ volatile("" ::"r"(strcat(d, d)));     // use: strcat call
  __asm__ volatile("call %P0" ::"i"(strcat));   // use: strcat address
}
