// expect: refused. A raw string that nothing ends, over a use.
#include <cstring>
const char* a = R"x(
void g(char* d) { strcpy(d, d); }
)";
