// C++ in every shape that a name can take.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "shared.h"

using copier = char* (*)(char*, const char*);

namespace alias = std;
namespace mine {
char* strcpy(char* d, const char* s);
namespace std {
char* strcat(char* d, const char* s);
}
struct Text {
  char* strcpy(char* d) { return d; }
  static int system(const char*) { return 0; }
  int gets = 0;
};
}  // namespace mine

// Not std::random_shuffle.
template <class I>
void random_shuffle(I, I, int) {}

void calls(char* d, const char* s, std::vector<int>& v) {
  std::strcpy(d, s);       // expect: strcpy call
  ::strcpy(d, s);          // expect: strcpy call
  alias::strcpy(d, s);     // expect: strcpy call
  using std::strcat;       // expect: strcat address
  strcat(d, s);            // expect: strcat call
  std::system(s);          // expect: system call
  std::random_shuffle(v.begin(), v.end());  // expect: std::random_shuffle call
  random_shuffle(v.begin(), v.end(), 1);
  mine::strcpy(d, s);
  mine::std::strcat(d, s);
  mine::Text t;
  t.strcpy(d);
  mine::Text::system(s);
  t.gets = 1;
  std::remove(v.begin(), v.end(), 1);
}

template <class T>
void never_instantiated(T d, const char* s) {
  strcpy(d, s);            // expect: strcpy call
  std::strcat(d, s);       // expect: strcat call
  ::strcat(d, s);          // expect: strcat call
  strcpy(d.text(), s);     // expect: strcpy call
  d.strcpy(s);
  T::strcpy(d, s);
  std::random_shuffle(d.begin(), d.end());  // expect: std::random_shuffle call
  copier f = std::strcpy;  // expect: strcpy address
  f(d, s);
}

template <class T>
void instantiated(T* d) {
  strcpy(d, "x");          // expect: strcpy call
}
template void instantiated<char>(char*);

template <copier F>
void by_argument(char* d) { F(d, ""); }

struct Members {
  copier f = strcpy;                                   // expect: strcpy address
  int n = std::atoi("1");                              // expect: atoi call
  explicit Members(copier g = std::strcat) : f(g) {}   // expect: strcat address
  Members(char* d, const char* s) try : f(std::strcpy) {  // expect: strcpy address
    strcat(d, s);                                      // expect: strcat call
  } catch (...) {
    std::system("true");                               // expect: system call
  }
  void in_class(char* d) const { strcpy(d, ""); }      // expect: strcpy call
};

void expressions(char* d, std::map<std::string, copier>& m) {
  auto lambda = [=](const char* s) { return strcpy(d, s); };  // expect: strcpy call
  lambda("");
  by_argument<strcpy>(d);                      // expect: strcpy address
  m["x"] = std::strcpy;                        // expect: strcpy address
  std::function<char*(char*, const char*)> f(strcpy);  // expect: strcpy address
  using type = decltype(strcpy("", ""));       // expect: strcpy call
  static_assert(noexcept(std::strcpy(nullptr, nullptr)) || sizeof(type) > 0);  // expect: strcpy call
  std::vector<const char*> words{"a"};
  for (const char* word : words) strcat(d, word);  // expect: strcat call
  if constexpr (sizeof(void*) == 2) {
    strcpy(d, "");                             // expect: strcpy call
  }
  std::for_each(words.begin(), words.end(), std::atoi);  // expect: atoi address
}

extern "C" {
void in_linkage_block(char* d) { strcpy(d, ""); }  // expect: strcpy call
}
namespace {
[[maybe_unused]] copier chosen = &std::strcpy;     // expect: strcpy address
}

void shared_users(char* d, const char* s) { shared_copy(d, s); }
