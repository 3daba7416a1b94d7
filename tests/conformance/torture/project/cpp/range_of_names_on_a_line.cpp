// Many uses on one line, of several kinds.
#include <cstring>
void f(char* d) { strcpy(d, ""), std::strcat(d, ""), (void)&strcpy, (void)sizeof(::strcat(d, "")); }  // use: strcpy call:19, strcat call:39, strcpy address:61, strcat call:84
