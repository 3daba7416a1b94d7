/* flags: -std=gnu17 -D_GNU_SOURCE */
#include <alloca.h>
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <glob.h>
#include <netdb.h>
#include <pwd.h>
#include <spawn.h>
#include <stdarg.h>  // good: varargs.h
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>
#include <wordexp.h>

#include "varargs.h"  // bad: varargs.h

extern char *gets(char *);
extern int rcmd_ssh();

void copies(char *d, const char *s, wchar_t *w, const wchar_t *v, va_list list, double x) {
  gets(d);                                // bad: gets
  fgets(d, 80, stdin);                    // good: gets
  strcpy(d, s);                           // bad: strcpy
  stpcpy(d, s);                           // bad: stpcpy
  strcat(d, s);                           // bad: strcat
  sprintf(d, "%s", s);                    // bad: sprintf
  snprintf(d, 80, "%s", s);               // good: strcpy, stpcpy, strcat, sprintf
  vsprintf(d, s, list);                   // bad: vsprintf
  vsnprintf(d, 80, s, list);              // good: vsprintf
  wcscpy(w, v);                           // bad: wcscpy
  wcpcpy(w, v);                           // bad: wcpcpy
  wcscat(w, v);                           // bad: wcscat
  swprintf(w, 80, L"%ls", v);             // good: wcscpy, wcpcpy, wcscat
  gcvt(x, 9, d);                          // bad: gcvt
  snprintf(d, 80, "%.9g", x);             // good: gcvt
  getwd(d);                               // bad: getwd
  getcwd(d, 80);                          // good: getwd
}

void records(char *d, const time_t *now, DIR *folder, struct tm *when, struct passwd *user, struct passwd **found) {
  struct dirent entry, *next;
  getpw(0, d);                            // bad: getpw
  getpwuid_r(0, user, d, 80, found);      // good: getpw
  asctime_r(when, d);                     // bad: asctime_r
  ctime_r(now, d);                        // bad: ctime_r
  strftime(d, 80, "%F", when);            // good: asctime_r, ctime_r
  readdir_r(folder, &entry, &next);       // bad: readdir_r
  next = readdir(folder);                 // good: readdir_r
}

void numbers(const char *s, const wchar_t *w, FILE *file, va_list list, int *n, char **end, wchar_t **tail) {
  scanf("%d", n);                         // bad: scanf
  fscanf(file, "%d", n);                  // bad: fscanf
  sscanf(s, "%d", n);                     // bad: sscanf
  vscanf("%d", list);                     // bad: vscanf
  vfscanf(file, "%d", list);              // bad: vfscanf
  vsscanf(s, "%d", list);                 // bad: vsscanf
  strtol(s, end, 10);                     // good: scanf, fscanf, sscanf, vscanf, vfscanf, vsscanf, atoi, atol
  wscanf(L"%d", n);                       // bad: wscanf
  fwscanf(file, L"%d", n);                // bad: fwscanf
  swscanf(w, L"%d", n);                   // bad: swscanf
  vwscanf(L"%d", list);                   // bad: vwscanf
  vfwscanf(file, L"%d", list);            // bad: vfwscanf
  vswscanf(w, L"%d", list);               // bad: vswscanf
  wcstol(w, tail, 10);                    // good: wscanf, fwscanf, swscanf, vwscanf, vfwscanf, vswscanf
  *n = atoi(s);                           // bad: atoi
  *n = (int)atol(s);                      // bad: atol
  *n = (int)atoll(s);                     // bad: atoll
  *n = (int)strtoll(s, end, 10);          // good: atoll
  *n = (int)atof(s);                      // bad: atof
  *n = (int)strtod(s, end);               // good: atof
  inet_addr(s);                           // bad: inet_addr
  inet_network(s);                        // bad: inet_network
  inet_pton(AF_INET, s, n);               // good: inet_addr, inet_network
}

void files(char *d) {
  tmpnam(d);                              // bad: tmpnam
  tmpnam_r(d);                            // bad: tmpnam_r
  tempnam("/tmp", d);                     // bad: tempnam
  mktemp(d);                              // bad: mktemp
  mkstemp(d);                             // good: tmpnam, tmpnam_r, tempnam, mktemp
}

void commands(const char *s, char **words, wordexp_t *expansion, glob_t *found) {
  system(s);                              // bad: system
  popen(s, "r");                          // bad: popen
  wordexp(s, expansion, 0);               // bad: wordexp
  glob(s, 0, 0, found);                   // good: wordexp
  posix_spawn(0, s, 0, 0, words, 0);      // good: system, popen, vfork
}

void shared(char *d, const char *s, const time_t *now, struct tm *when, struct in_addr address, int *n, double x,
            struct addrinfo **found, struct passwd *user, struct passwd **known) {
  strtok(d, s);                           // bad: strtok
  strtok_r(d, s, &d);                     // good: strtok
  asctime(when);                          // bad: asctime
  ctime(now);                             // bad: ctime
  strftime(d, 80, "%c", when);            // good: asctime, ctime
  gmtime(now);                            // bad: gmtime
  gmtime_r(now, when);                    // good: gmtime
  localtime(now);                         // bad: localtime
  localtime_r(now, when);                 // good: localtime
  inet_ntoa(address);                     // bad: inet_ntoa
  inet_ntop(AF_INET, &address, d, 80);    // good: inet_ntoa
  ecvt(x, 9, n, n);                       // bad: ecvt
  fcvt(x, 9, n, n);                       // bad: fcvt
  snprintf(d, 80, "%.9f", x);             // good: ecvt, fcvt
  gethostbyname(s);                       // bad: gethostbyname
  gethostbyname2(s, AF_INET);             // bad: gethostbyname2
  gethostbyaddr(s, 4, AF_INET);           // bad: gethostbyaddr
  getaddrinfo(s, "443", 0, found);        // good: gethostbyname, gethostbyname2, gethostbyaddr
  getpass(s);                             // bad: getpass
  read(0, d, 80);                         // good: getpass
  cuserid(d);                             // bad: cuserid
  getpwuid_r(0, user, d, 80, known);      // good: cuserid
}

void rest(unsigned long size, char **words, const char *s) {
  alloca(size);                           // bad: alloca
  free(malloc(size));                     // good: alloca
  vfork();                                // bad: vfork
  rcmd(words, 514, s, s, s, 0);           // bad: rcmd
  rexec(words, 512, s, s, s, 0);          // bad: rexec
  rcmd_ssh(words, 22, s, s, s, 0);        // good: rcmd, rexec
}
