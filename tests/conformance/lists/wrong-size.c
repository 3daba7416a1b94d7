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
  memset(array, 0, sizeof array);               // good: memset sizeof_pointer(3)
  bzero(d, sizeof(d));                          // bad: bzero sizeof_pointer(2)
  bzero(array, sizeof array);                   // good: bzero sizeof_pointer(2)
  memcpy(d, s, sizeof d);                       // bad: memcpy sizeof_pointer(3)
  memmove(d, s, sizeof d);                      // bad: memmove sizeof_pointer(3)
  memcpy(array, s, sizeof array);               // good: memcpy sizeof_pointer(3), memmove sizeof_pointer(3)
  n = memcmp(d, s, sizeof d);                   // bad: memcmp sizeof_pointer(3)
  n = memcmp(array, s, sizeof array);           // good: memcmp sizeof_pointer(3)
  n = strncmp(d, s, sizeof d);                  // bad: strncmp sizeof_pointer(3)
  n = strncmp(array, s, sizeof array);          // good: strncmp sizeof_pointer(3)
  strncpy(d, s, sizeof d);                      // bad: strncpy sizeof_pointer(3)
  strncat(d, s, sizeof d);                      // bad: strncat sizeof_pointer(3)
  stpncpy(d, s, sizeof d);                      // bad: stpncpy sizeof_pointer(3)
  strncpy(array, s, sizeof array);              // good: strncpy sizeof_pointer(3), strncat sizeof_pointer(3), stpncpy sizeof_pointer(3)
  snprintf(d, sizeof d, "%s", s);               // bad: snprintf sizeof_pointer(2)
  snprintf(array, sizeof array, "%s", s);       // good: snprintf sizeof_pointer(2)
  vsnprintf(d, sizeof d, "%s", list);           // bad: vsnprintf sizeof_pointer(2)
  vsnprintf(array, sizeof array, "%s", list);   // good: vsnprintf sizeof_pointer(2)
  fgets(d, sizeof d, file);                     // bad: fgets sizeof_pointer(2)
  fgets(array, sizeof array, file);             // good: fgets sizeof_pointer(2)
  fread(d, sizeof d, 1, file);                  // bad: fread sizeof_pointer(2)
  fread(array, sizeof array, 1, file);          // good: fread sizeof_pointer(2)
}

// The size of the source
void lines_1(void) {
  strncpy(d, s, strlen(s));                     // bad: strncpy size_of_source(3)
  strncat(d, s, strlen(s));                     // bad: strncat size_of_source(3)
  stpncpy(d, s, strlen(s));                     // bad: stpncpy size_of_source(3)
  strncpy(array, s, sizeof array);              // good: strncpy size_of_source(3), strncat size_of_source(3), stpncpy size_of_source(3)
  wcsncpy(w, v, wcslen(v));                     // bad: wcsncpy size_of_source(3)
  wcsncat(w, v, wcslen(v));                     // bad: wcsncat size_of_source(3)
  wcpncpy(w, v, wcslen(v));                     // bad: wcpncpy size_of_source(3)
  wcsncpy(w, v, 80);                            // good: wcsncpy size_of_source(3), wcsncat size_of_source(3), wcpncpy size_of_source(3)
  snprintf(d, strlen(s), "%s", s);              // bad: snprintf size_of_source(2)
  snprintf(array, sizeof array, "%s", s);       // good: snprintf size_of_source(2)
}

// Arguments in the wrong order
void lines_2(void) {
  memset(array, sizeof array, 0);               // bad: memset equals(3, 0)
  memset(array, 0, sizeof array);               // good: memset equals(3, 0)
}
