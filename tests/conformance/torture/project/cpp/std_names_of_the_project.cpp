// random_shuffle in other places than std.
#include <algorithm>
#include <random>
#include <vector>
namespace own { template <class I> void random_shuffle(I, I) {} }
struct Deck { template <class I> void random_shuffle(I, I) {} };
void f(std::vector<int>& v, Deck& d) {
  own::random_shuffle(v.begin(), v.end());
  d.random_shuffle(v.begin(), v.end());
  std::shuffle(v.begin(), v.end(), std::minstd_rand(1));
}
