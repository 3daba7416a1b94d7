// expect: guarded. The parser is asked to crash, where a token is read and not where the preprocessor sees the line.
extern char *strcpy(char *, const char *);
char *(*copy)(char *, const char *) = strcpy;
int f(void) {
#pragma clang __debug parser_crash
  return 0;
}
