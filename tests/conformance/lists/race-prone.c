/* flags: -std=gnu17 -D_GNU_SOURCE */
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <libgen.h>
#include <locale.h>
#include <netdb.h>
#include <pwd.h>
#include <search.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

extern char *d, *s, **words;
extern const time_t *now;
extern struct tm *when;
extern struct in_addr address;
extern DIR *folder;
extern struct dirent *entry, *next;
extern struct passwd *user, **known_user;
extern struct group *group, **known_group;
extern struct addrinfo *found;
extern struct sigaction *action;
extern locale_t locale;
extern mbstate_t state;
extern wchar_t wide;
extern int n;
extern double x;
extern ENTRY item, *got;
extern struct hsearch_data *table;

// A check by name, and the use of whatever has that name by then
void lines_0(void) {
  n = access(s, R_OK);                          // bad: access
  n = open(s, O_RDONLY);                        // good
  n = eaccess(s, R_OK);                         // bad: eaccess
  n = euidaccess(s, R_OK);                      // bad: euidaccess
  n = open(s, O_RDONLY | O_CLOEXEC);            // good
  chmod(s, 0600);                               // bad: chmod
  fchmod(n, 0600);                              // good
  chown(s, 1, 1);                               // bad: chown
  lchown(s, 1, 1);                              // bad: lchown
  fchown(n, 1, 1);                              // good
  tmpnam(d);                                    // bad: tmpnam
  tmpnam_r(d);                                  // bad: tmpnam_r
  mktemp(d);                                    // bad: mktemp
  n = mkstemp(d);                               // good
  d = tempnam("/tmp", s);                       // bad: tempnam
  mkdtemp(d);                                   // good
  n = creat(s, 0600);                           // bad: creat
  n = open(s, O_CREAT | O_EXCL | O_WRONLY, 0600);  // good
}

// Results in a buffer that all callers share
void lines_1(void) {
  asctime(when);                                // bad: asctime
  strftime(d, 80, "%c", when);                  // good
  ctime(now);                                   // bad: ctime
  strftime(d, 80, "%F", localtime_r(now, when));  // good
  gmtime(now);                                  // bad: gmtime
  gmtime_r(now, when);                          // good
  localtime(now);                               // bad: localtime
  localtime_r(now, when);                       // good
  strerror(n);                                  // bad: strerror
  strerror_l(n, locale);                        // good
  strsignal(n);                                 // bad: strsignal
  sigdescr_np(n);                               // good
  inet_ntoa(address);                           // bad: inet_ntoa
  inet_ntop(AF_INET, &address, d, 80);          // good
  ecvt(x, 9, &n, &n);                           // bad: ecvt
  fcvt(x, 9, &n, &n);                           // bad: fcvt
  snprintf(d, 80, "%.9f", x);                   // good
  l64a(n);                                      // bad: l64a
  snprintf(d, 80, "%x", (unsigned)n);           // good
  getlogin();                                   // bad: getlogin
  getlogin_r(d, 80);                            // good
  ttyname(0);                                   // bad: ttyname
  ttyname_r(0, d, 80);                          // good
  ptsname(n);                                   // bad: ptsname
  ptsname_r(n, d, 80);                          // good
  dirname(d);                                   // bad: dirname
  strrchr(d, 47);                               // good
  getpwnam(s);                                  // bad: getpwnam
  getpwnam_r(s, user, d, 80, known_user);       // good
  getpwuid(1);                                  // bad: getpwuid
  getpwuid_r(1, user, d, 80, known_user);       // good
  getgrnam(s);                                  // bad: getgrnam
  getgrnam_r(s, group, d, 80, known_group);     // good
  getgrgid(1);                                  // bad: getgrgid
  getgrgid_r(1, group, d, 80, known_group);     // good
  gethostbyname(s);                             // bad: gethostbyname
  getaddrinfo(s, 0, 0, &found);                 // good
  gethostbyname2(s, AF_INET);                   // bad: gethostbyname2
  getaddrinfo(s, 0, found, &found);             // good
  gethostbyaddr(s, 4, AF_INET);                 // bad: gethostbyaddr
  getnameinfo(found->ai_addr, 16, d, 80, 0, 0, 0);  // good
  getservbyname(s, "tcp");                      // bad: getservbyname
  getaddrinfo(0, s, 0, &found);                 // good
  getservbyport(443, "tcp");                    // bad: getservbyport
  getnameinfo(found->ai_addr, 16, 0, 0, d, 80, 0);  // good
}

// Hidden state
void lines_2(void) {
  strtok(d, s);                                 // bad: strtok
  strtok_r(d, s, &d);                           // good
  mblen(s, 8);                                  // bad: mblen
  mbrlen(s, 8, &state);                         // good
  mbtowc(&wide, s, 8);                          // bad: mbtowc
  mbrtowc(&wide, s, 8, &state);                 // good
  wctomb(d, wide);                              // bad: wctomb
  wcrtomb(d, wide, &state);                     // good
  hcreate(9);                                   // bad: hcreate
  hcreate_r(9, table);                          // good
  hsearch(item, FIND);                          // bad: hsearch
  hsearch_r(item, FIND, &got, table);           // good
  hdestroy();                                   // bad: hdestroy
  hdestroy_r(table);                            // good
  setlocale(LC_ALL, s);                         // bad: setlocale
  uselocale(locale);                            // good
  putenv(d);                                    // bad: putenv
  getenv(s);                                    // good
}

// Processes and signals
void lines_3(void) {
  signal(SIGINT, SIG_IGN);                      // bad: signal
  sigaction(SIGINT, action, 0);                 // good
  n = vfork();                                  // bad: vfork
  n = posix_spawn(0, s, 0, 0, words, 0);        // good
  n = readdir_r(folder, entry, &next);          // bad: readdir_r
  next = readdir(folder);                       // good
}
