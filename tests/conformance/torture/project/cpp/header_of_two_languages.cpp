// The same header, seen from C++.
#include "two_languages.h"
void from_cxx(char* d) { two_languages(d); }
