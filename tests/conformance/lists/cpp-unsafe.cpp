// flags: -std=c++17 -Wno-deprecated
#include <strstream>                            // bad: strstream
#include <streambuf>                            // good

#include <algorithm>
#include <exception>
#include <functional>
#include <memory>
#include <random>
#include <sstream>
#include <vector>

extern std::vector<int> numbers;
extern std::mt19937 engine;
extern std::unique_ptr<int> owner;
extern int *p, n;
struct Number {
  int twice() const;
};
extern Number number;
bool less(int, int);
bool small(int);

// Randomness
void lines_0(void) {
  std::random_shuffle(numbers.begin(), numbers.end());  // bad: std::random_shuffle
  std::shuffle(numbers.begin(), numbers.end(), engine);  // good
}

// Ownership that is lost
void lines_1(void) {
  std::auto_ptr<int> lost(p);                   // bad: std::auto_ptr
  std::unique_ptr<int> moved(std::move(owner));  // good
  std::get_temporary_buffer<int>(9);            // bad: std::get_temporary_buffer
  std::vector<int> buffer(9);                   // good
  std::return_temporary_buffer(p);              // bad: std::return_temporary_buffer
  auto made = std::make_unique<int[]>(9);       // good
}

// Streams over arrays
void lines_2(void) {
  extern std::strstream array0;                 // bad: std::strstream
  extern std::stringstream text0;               // good
  extern std::istrstream array1;                // bad: std::istrstream
  extern std::stringstream text1;               // good
  extern std::ostrstream array2;                // bad: std::ostrstream
  extern std::stringstream text2;               // good
  extern std::strstreambuf array3;              // bad: std::strstreambuf
  extern std::stringstream text3;               // good
}

// Exceptions
void lines_3(void) {
  n = std::uncaught_exception();                // bad: std::uncaught_exception
  n = std::uncaught_exceptions();               // good
  std::set_unexpected(nullptr);                 // bad: std::set_unexpected
  extern void quiet() noexcept;                 // good
  std::get_unexpected();                        // bad: std::get_unexpected
  extern void silent() noexcept;                // good
}

// Adaptors that lose references and overloads
void lines_4(void) {
  std::bind1st(std::less<int>(), 1);            // bad: std::bind1st
  [](int x) { return less(1, x); };             // good
  std::bind2nd(std::less<int>(), 1);            // bad: std::bind2nd
  [](int x) { return less(x, 1); };             // good
  std::mem_fun(&Number::twice);                 // bad: std::mem_fun
  std::mem_fn(&Number::twice);                  // good
  std::mem_fun_ref(&Number::twice);             // bad: std::mem_fun_ref
  n = std::mem_fn(&Number::twice)(number);      // good
  std::ptr_fun(small);                          // bad: std::ptr_fun
  [](int x) { return small(x); };               // good
  std::not1(std::function<bool(int)>(small));   // bad: std::not1
  std::not_fn(small);                           // good
  std::not2(std::less<int>());                  // bad: std::not2
  std::not_fn(less);                            // good
}

// The garbage collector that never came
void lines_5(void) {
  std::declare_reachable(p);                    // bad: std::declare_reachable
  owner.reset(p);                               // good
  std::undeclare_reachable(p);                  // bad: std::undeclare_reachable
  owner = nullptr;                              // good
  std::declare_no_pointers(reinterpret_cast<char *>(p), 9);  // bad: std::declare_no_pointers
  p = new int[9];                               // good
  std::undeclare_no_pointers(reinterpret_cast<char *>(p), 9);  // bad: std::undeclare_no_pointers
  delete[] p;                                   // good
}
