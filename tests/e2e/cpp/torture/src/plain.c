/* C in every shape that a name can take. The comment beside a line lists what gate must report there, and nothing else. */
#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "shared.h"

typedef char *(*copier)(char *, const char *);

#define COPY(d, s) strcpy(d, s)
#define COPIER strcpy
#define THROUGH(d, s) COPIER(d, s)
#define APPLY(f, d, s) f((d), (s))
#define PASTE(a, b) a##b
#define STACK(n) alloca(n)
#define FORWARD(d, s) APPLY(strcat, d, s)

static const copier table[] = {
    strcpy,   // expect: strcpy address
    &strcat,  // expect: strcat address
    COPIER,   // expect: strcpy address macro=COPIER
};

void calls(char *d, const char *s) {
  strcpy(d, s);                           // expect: strcpy call
  (strcpy)(d, s);                         // expect: strcpy call
  (*strcpy)(d, s);                        // expect: strcpy call
  (&strcpy)(d, s);                        // expect: strcpy call
  ((copier)strcpy)(d, s);                 // expect: strcpy call
  strcpy(d, strcat(d, s));                // expect: strcpy call, strcat call
  if (strcpy(d, s) && d[0]) strcat(d, s); // expect: strcpy call, strcat call
  str\
cpy(d, s);                                // expect@-1: strcpy call
  table[0](d, s);
}

void builtins(char *d, const char *s) {
  __builtin_strcpy(d, s);             // expect: strcpy call
  __builtin___strcpy_chk(d, s, 16);   // expect: strcpy call
  __builtin_sprintf(d, "%s", s);      // expect: sprintf call
  d = __builtin_alloca(16);           // expect: alloca call
  d = __builtin_alloca_with_align(16, 64);  // expect: alloca call
  d = alloca(16);                     // expect: alloca call
}

void macros(char *d, const char *s) {
  COPY(d, s);                // expect: strcpy call macro=COPY
  THROUGH(d, s);             // expect: strcpy call macro=COPIER
  APPLY(strcat, d, s);       // expect: strcat call
  APPLY(COPIER, d, s);       // expect: strcpy call macro=COPIER
  FORWARD(d, s);             // expect: strcat call macro=FORWARD
  PASTE(str, cpy)(d, s);     // expect: strcpy call macro=PASTE
  COPY(d, COPY(d, s));       // expect: strcpy call macro=COPY, strcpy call macro=COPY
  d = STACK(16);             // expect: alloca call macro=STACK
  FROM_COMMAND_LINE(d, s);   // expect: strcat call macro=FROM_COMMAND_LINE
  SHARED_COPY(d, s);         // expect: strcpy call macro=SHARED_COPY
}

copier addresses(int which) {
  copier f = strcpy;                // expect: strcpy address
  copier g = which ? strcpy : f;    // expect: strcpy address
  void *p = (void *)strcat;         // expect: strcat address
  if (p == 0 || g == strcpy) f = g; // expect: strcpy address
  return *strcpy;                   // expect: strcpy address
}

unsigned long unevaluated(char *d) {
  __typeof__(strcpy) *same = 0;                       // expect: strcpy address
  return sizeof(strcpy(d, d)) + (same ? 1 : 0);       // expect: strcpy call
}

void cleaned(void) {
  int code = _Generic(0, int: 1, default: 0);
  code += (int)_Generic(code, int: atoi, default: atoi)("1");  // expect: atoi call, atoi address
  (void)code;
}

// The symbol is what counts, not the name that it gets here.
extern char *innocent(char *, const char *) __asm__("strcpy");
void aliased(char *d, const char *s) { innocent(d, s); }  // expect: strcpy call

// The library's function, declared by hand.
extern char *gets(char *);
void by_hand(char *d) { gets(d); }  // expect: gets call

#pragma GCC system_header
void hidden(char *d, const char *s) { strcpy(d, s); }  // expect: strcpy call

# 900 "/usr/include/elsewhere.h" 3
void hidden_too(char *d, const char *s) { strcpy(d, s); }  // expect: strcpy call

void shared_users(char *d, const char *s) {
  shared_copy(d, s);
  system_like_copy(d, s);
}

#if 0
void dead(char *d, const char *s) { strcpy(d, s); }
#endif
