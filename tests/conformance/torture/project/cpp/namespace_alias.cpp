// Aliases of namespaces.
#include <algorithm>
#include <cstring>
#include <vector>
namespace s = std;
namespace own { namespace t = ::s; }
void f(char* d, std::vector<int>& v) {
  s::strcpy(d, d);                             // use: strcpy call:6
  own::t::strcat(d, d);                        // use: strcat call:11
  s::random_shuffle(v.begin(), v.end());       // use: std::random_shuffle call
}
