// A function template of namespace std, in all ways to name it.
#include <algorithm>
#include <cstdlib>
#include <vector>
using I = std::vector<int>::iterator;
int below(int n) { return n / 2; }
void f(I a, I b) {
  std::random_shuffle(a, b);                        // use: std::random_shuffle call:8
  std::random_shuffle<I>(a, b);                     // use: std::random_shuffle call:8
  std::random_shuffle(a, b, below);                 // use: std::random_shuffle call:8
  void (*g)(I, I) = std::random_shuffle<I>;         // use: std::random_shuffle address:26
  g(a, b);
  using std::random_shuffle;                        // use: std::random_shuffle address:14
  random_shuffle(a, b);                             // use: std::random_shuffle call:3
}
