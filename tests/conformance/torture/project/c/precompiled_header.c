// A precompiled header of another compiler lies beside the forced header: the header itself is read.
// flags: -include include/precompiled.h
void f(char *d) { PRECOMPILED_COPY(d, d); }  // use: strcpy call through PRECOMPILED_COPY
