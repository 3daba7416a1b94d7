// A unit that sees the other branch.
#define WIDE
#include "branches.h"
void header_branches_two(char *d) { branch(d); }
