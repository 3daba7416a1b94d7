// -imacros takes a header's macros and leaves its code.
// flags: -imacros include/macros_only.h
void f(char *d) { MACROS_ONLY(d, d); }  // use: strcpy call through MACROS_ONLY
