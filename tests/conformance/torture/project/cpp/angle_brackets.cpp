// Templates or comparisons: what a bracket means decides whether a name is an argument.
#include <cstdlib>
template <int (*F)(const char*)> int apply(const char* s) { return F(s); }
int f(int n, const char* s) {
  bool b = n < atoi(s) && n > (atoi)(s);   // use: atoi call:16, atoi call:32
  return apply<atoi>(s) + apply<&std::atoi>(s) + b;  // use: atoi address:16, atoi address:39
}
