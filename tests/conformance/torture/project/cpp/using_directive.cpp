// A using directive makes the names visible; only the uses count.
#include <algorithm>
#include <cstring>
#include <vector>
using namespace std;
void f(char* d, const char* s, vector<int>& v) {
  strcpy(d, s);                          // use: strcpy call
  random_shuffle(v.begin(), v.end());    // use: std::random_shuffle call
}
namespace own { using namespace std; }
void g(char* d) { own::strcat(d, d); }   // use: strcat call
