// A unit that sees one branch of a header.
#include "branches.h"
void header_branches_one(char *d) { branch(d); }
