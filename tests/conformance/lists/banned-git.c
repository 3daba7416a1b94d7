/* flags: -std=gnu17 -D_GNU_SOURCE */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

extern char *d, *s;
extern va_list list;
extern const time_t *now;
extern struct tm *when;
extern int n;

// Text
void lines_0(void) {
  strcpy(d, s);                                 // bad: strcpy
  strcat(d, s);                                 // bad: strcat
  snprintf(d, 80, "%s", s);                     // good
  strncpy(d, s, 9);                             // bad: strncpy
  memcpy(d, s, 9);                              // good
  strncat(d, s, 9);                             // bad: strncat
  snprintf(d, 9, "%s%s", d, s);                 // good
  sprintf(d, "%d", n);                          // bad: sprintf
  snprintf(d, 9, "%d", n);                      // good
  vsprintf(d, s, list);                         // bad: vsprintf
  vsnprintf(d, 9, s, list);                     // good
  strtok(d, s);                                 // bad: strtok
  strcspn(d, s);                                // good
  strtok_r(d, s, &d);                           // bad: strtok_r
  strcspn(s, d);                                // good
}

// Times
void lines_1(void) {
  gmtime(now);                                  // bad: gmtime
  gmtime_r(now, when);                          // good
  localtime(now);                               // bad: localtime
  localtime_r(now, when);                       // good
  ctime(now);                                   // bad: ctime
  strftime(d, 9, "%c", when);                   // good
  asctime(when);                                // bad: asctime
  strftime(d, 9, "%F", when);                   // good
  ctime_r(now, d);                              // bad: ctime_r
  strftime(d, 9, "%D", when);                   // good
  asctime_r(when, d);                           // bad: asctime_r
  strftime(d, 9, "%T", when);                   // good
}

// Files
void lines_2(void) {
  mktemp(d);                                    // bad: mktemp
  n = mkstemp(d);                               // good
}
