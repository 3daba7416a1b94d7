#include <stdio.h>
#include <string.h>
#include <stdlib.h>

void fortified(char *d, const char *s, __builtin_va_list list) {
  char room[16];
  strcpy(room, s);             // expect: strcpy call
  strcat(room, s);             // expect: strcat call
  sprintf(room, "%s", s);      // expect: sprintf call
  vsprintf(room, "%s", list);  // expect: vsprintf call
  sscanf(s, "%s", room);       // expect: sscanf call
  snprintf(d, 16, "%s", room);
}
