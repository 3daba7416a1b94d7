// In this unit the header's line means the library's function.
#include <string.h>
#include "means_what_the_unit_says.h"
void header_name_means_the_library(char *d) { means(d); }
