/* flags: -std=gnu17 -D_GNU_SOURCE */
#include <err.h>
#include <error.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <syslog.h>
#include <wchar.h>

extern char *d, *s, array[80];
extern wchar_t *w, *v;
extern FILE *file;
extern va_list list;
extern int n;

// The size of a pointer
void lines_0(void) {
  memset(d, 0, sizeof d);                       // bad: memset sizeof_pointer(3)
  memset(array, 0, sizeof array);               // good
  bzero(d, sizeof(d));                          // bad: bzero sizeof_pointer(2)
  bzero(array, sizeof array);                   // good
  memcpy(d, s, sizeof d);                       // bad: memcpy sizeof_pointer(3)
  memmove(d, s, sizeof d);                      // bad: memmove sizeof_pointer(3)
  memcpy(array, s, sizeof array);               // good
  n = memcmp(d, s, sizeof d);                   // bad: memcmp sizeof_pointer(3)
  n = memcmp(array, s, sizeof array);           // good
  n = strncmp(d, s, sizeof d);                  // bad: strncmp sizeof_pointer(3)
  n = strncmp(array, s, sizeof array);          // good
  strncpy(d, s, sizeof d);                      // bad: strncpy sizeof_pointer(3)
  strncat(d, s, sizeof d);                      // bad: strncat sizeof_pointer(3)
  stpncpy(d, s, sizeof d);                      // bad: stpncpy sizeof_pointer(3)
  strncpy(array, s, sizeof array);              // good
  snprintf(d, sizeof d, "%s", s);               // bad: snprintf sizeof_pointer(2)
  snprintf(array, sizeof array, "%s", s);       // good
  vsnprintf(d, sizeof d, "%s", list);           // bad: vsnprintf sizeof_pointer(2)
  vsnprintf(array, sizeof array, "%s", list);   // good
  fgets(d, sizeof d, file);                     // bad: fgets sizeof_pointer(2)
  fgets(array, sizeof array, file);             // good
  fread(d, sizeof d, 1, file);                  // bad: fread sizeof_pointer(2)
  fread(array, sizeof array, 1, file);          // good
}

// The size of the source
void lines_1(void) {
  strncpy(d, s, strlen(s));                     // bad: strncpy size_of_source(3)
  strncat(d, s, strlen(s));                     // bad: strncat size_of_source(3)
  stpncpy(d, s, strlen(s));                     // bad: stpncpy size_of_source(3)
  strncpy(array, s, sizeof array);              // good
  wcsncpy(w, v, wcslen(v));                     // bad: wcsncpy size_of_source(3)
  wcsncat(w, v, wcslen(v));                     // bad: wcsncat size_of_source(3)
  wcpncpy(w, v, wcslen(v));                     // bad: wcpncpy size_of_source(3)
  wcsncpy(w, v, 80);                            // good
  snprintf(d, strlen(s), "%s", s);              // bad: snprintf size_of_source(2)
  snprintf(array, sizeof array, "%s", s);       // good
}

// Arguments in the wrong order
void lines_2(void) {
  memset(array, sizeof array, 0);               // bad: memset equals(3, 0)
  memset(array, 0, sizeof array);               // good
}
