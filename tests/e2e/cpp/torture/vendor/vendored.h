/* Reached with -isystem, and still a file of the project. */
static inline void system_like_copy(char *d, const char *s) {
  strcat(d, s);  // expect: strcat call units=2
}
