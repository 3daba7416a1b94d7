// flags: -include include/forced.h
void f(char *d) {
  FORCED_COPY(d, d);  // use: strcpy call through FORCED_COPY
  forced(d);
}
