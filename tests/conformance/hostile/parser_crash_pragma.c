// expect: refused. The parser is asked to crash, where a token is read and not where the preprocessor sees the line.
int f(void) {
#pragma clang __debug parser_crash
  return 0;
}
