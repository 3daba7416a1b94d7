// The other one, with another type.
#include "templates.h"
void two(signed char* d) { templated(reinterpret_cast<char*>(d)); Templated<int>().run(nullptr); }
