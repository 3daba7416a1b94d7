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

// Text that is taken for a format
void lines_0(void) {
  printf(s);                                    // bad: printf not_literal(1)
  printf("%s", s);                              // good
  fprintf(file, s);                             // bad: fprintf not_literal(2)
  fprintf(file, "%s", s);                       // good
  sprintf(d, s);                                // bad: sprintf not_literal(2)
  sprintf(d, "%d", n);                          // good
  snprintf(d, 80, s);                           // bad: snprintf not_literal(3)
  snprintf(d, 80, n ? "%s" : "(%s)", s);        // good
  dprintf(1, s);                                // bad: dprintf not_literal(2)
  dprintf(1, "%s", s);                          // good
  asprintf(&d, s);                              // bad: asprintf not_literal(2)
  asprintf(&d, "%s", s);                        // good
  wprintf(w);                                   // bad: wprintf not_literal(1)
  wprintf(L"%ls", w);                           // good
  fwprintf(file, w);                            // bad: fwprintf not_literal(2)
  fwprintf(file, L"%ls", w);                    // good
  swprintf(w, 80, v);                           // bad: swprintf not_literal(3)
  swprintf(w, 80, L"%ls", v);                   // good
}

// Messages
void lines_1(void) {
  syslog(LOG_ERR, s);                           // bad: syslog not_literal(2)
  syslog(LOG_ERR, "%s", s);                     // good
  if (n) errx(1, s);                            // bad: errx not_literal(2)
  if (n) errx(1, "%s", s);                      // good
  warnx(s);                                     // bad: warnx not_literal(1)
  warnx("%s", s);                               // good
  error_at_line(0, 0, "a", 1, s);               // bad: error_at_line not_literal(5)
  error_at_line(0, 0, "a", 1, "%s", s);         // good
}

// Input that is read into an array of fixed size
void lines_2(void) {
  scanf("%s", d);                               // bad: scanf format_unbounded(1)
  scanf("%79s", d);                             // good
  fscanf(file, "%[a-z]", d);                    // bad: fscanf format_unbounded(2)
  fscanf(file, "%79[a-z]", d);                  // good
  sscanf(s, "%d %s", &n, d);                    // bad: sscanf format_unbounded(2)
  sscanf(s, "%d %79s", &n, d);                  // good
  vscanf("%s", list);                           // bad: vscanf format_unbounded(1)
  vscanf("%79s", list);                         // good
  vfscanf(file, "%s", list);                    // bad: vfscanf format_unbounded(2)
  vfscanf(file, "%79s", list);                  // good
  vsscanf(s, "%s", list);                       // bad: vsscanf format_unbounded(2)
  vsscanf(s, "%79s", list);                     // good
  wscanf(L"%ls", w);                            // bad: wscanf format_unbounded(1)
  wscanf(L"%79ls", w);                          // good
  fwscanf(file, L"%ls", w);                     // bad: fwscanf format_unbounded(2)
  fwscanf(file, L"%79ls", w);                   // good
  swscanf(v, L"%ls", w);                        // bad: swscanf format_unbounded(2)
  swscanf(v, L"%79ls", w);                      // good
}
