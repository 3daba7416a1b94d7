// The library's header is there, and only other functions are used.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
unsigned long f(const char *s) { return strlen(s) + (unsigned long)strtol(s, 0, 10); }
