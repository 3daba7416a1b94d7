// A header with a branch for each language, seen from C.
#include "two_languages.h"
void from_c(char *d) { two_languages(d); }
