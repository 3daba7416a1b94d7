// One of two units that instantiate a template of a header.
#include "templates.h"
void one(char* d) { templated(d); }
