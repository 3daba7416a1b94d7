// Several names in one using declaration.
#include <cstring>
using std::strcpy, std::strlen, std::strcat;  // use: strcpy address:12, strcat address:38
