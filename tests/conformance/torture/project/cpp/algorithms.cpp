// Handed to algorithms.
#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <vector>
void f(std::vector<const char*>& w, std::vector<int>& n) {
  std::for_each(w.begin(), w.end(), atoi);                               // use: atoi address
  std::transform(w.begin(), w.end(), std::back_inserter(n), std::atoi);  // use: atoi address
  std::transform(w.begin(), w.end(), n.begin(), [](auto* s) { return atoi(s); });  // use: atoi call
}
