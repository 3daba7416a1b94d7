// A unity build: sources that include sources.
#include "unity_part_one.c"
#include "unity_part_two.c"
void f(char *d) { one(d); two(d); }
