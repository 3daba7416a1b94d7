// The time family and others of one unit.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
void f(const time_t *t, const struct tm *m, char *d) {
  puts(ctime(t));        // use: ctime call
  puts(asctime(m));      // use: asctime call
  (void)gmtime(t);       // use: gmtime call
  (void)localtime(t);    // use: localtime call
  (void)strtok(d, ",");  // use: strtok call
  pclose(popen(d, "r"));  // use: popen call
  scanf("%s", d);        // use: scanf call
}
