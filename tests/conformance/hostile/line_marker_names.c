// expect: found. Line markers with names that lead out of the project, and to a terminal.
#include <string.h>
# 1 "../../../../etc/passwd" 1 3 4
#line 2147483647 "\033[31m<script>alert(1)</script>::error::\n"
void f(char *d) { strcpy(d, d); }
