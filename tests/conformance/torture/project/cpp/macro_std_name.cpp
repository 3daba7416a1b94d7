// A function template of namespace std through macros.
#include <algorithm>
#include <vector>
#define SHUFFLE(v) std::random_shuffle((v).begin(), (v).end())  // body: std::random_shuffle
#define CALL(f, v) f((v).begin(), (v).end())
void f(std::vector<int>& v) {
  SHUFFLE(v);                      // use: std::random_shuffle call:3 through SHUFFLE
  CALL(std::random_shuffle, v);    // use: std::random_shuffle call:13
}
