// A call that finds its function by the arguments' namespaces.
#include <algorithm>
#include <vector>
namespace store {
struct Item {};
void unsafe_load(Item);
void other(Item);
}
void f(store::Item i, std::vector<store::Item>& v) {
  unsafe_load(i);                         // use: store::unsafe_load call
  other(i);
  random_shuffle(v.begin(), v.end());     // use: std::random_shuffle call
}
