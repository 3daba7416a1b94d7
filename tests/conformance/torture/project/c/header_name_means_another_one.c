// In this unit the header's line means the project's own function.
static char *strcpy(char *d, const char *s) { *d = *s; return d; }
#include "means_what_the_unit_says.h"
void header_name_means_another_one(char *d) { means(d); strcpy(d, d); }
