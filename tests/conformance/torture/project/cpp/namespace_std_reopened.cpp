// The project adds to namespace std; what it calls there counts.
#include <cstring>
namespace std {
inline void project_addition(char* d) { strcpy(d, ""); }  // use: strcpy call
}
