// flags: -std=c++14 -trigraphs -Wno-deprecated
#include <codecvt>                              // bad: codecvt
#include <cwchar>                               // good
#include <ccomplex>                             // bad: ccomplex
#include <complex>                              // good
#include <cstdalign>                            // bad: cstdalign
#include <cstddef>                              // good
#include <cstdbool>                             // bad: cstdbool
#include <cstdint>                              // good
#include <ctgmath>                              // bad: ctgmath
#include <cmath>                                // good
#include <ciso646>                              // bad: ciso646
#include <limits>                               // good

#include <functional>
#include <iterator>
#include <locale>
#include <memory>
#include <exception>

extern int *p, n;
struct Plain {};

// Constructs
void lines_0(void) {
  extern void loud() throw(int);                // bad: dynamic_exception_specification
  extern void quiet() noexcept;                 // good
  register int fast = 1;                        // bad: register
  int plain = 1;                                // good
  const char *huh = "what??!";                  // bad: trigraph
  const char *eh = "what?!";                    // good
}

// Types
void lines_1(void) {
  struct A : std::unary_function<int, int> {};  // bad: std::unary_function
  struct A1 { int operator()(int); };           // good
  struct B : std::binary_function<int, int, int> {};  // bad: std::binary_function
  struct B1 { int operator()(int); };           // good
  extern std::pointer_to_unary_function<int, int> c;  // bad: std::pointer_to_unary_function
  extern std::function<int(int)> c1;            // good
  extern std::pointer_to_binary_function<int, int, int> d;  // bad: std::pointer_to_binary_function
  extern std::function<int(int)> d1;            // good
  extern std::binder1st<std::less<int>> e;      // bad: std::binder1st
  extern std::function<int(int)> e1;            // good
  extern std::binder2nd<std::less<int>> f;      // bad: std::binder2nd
  extern std::function<int(int)> f1;            // good
  extern std::unary_negate<std::logical_not<int>> g;  // bad: std::unary_negate
  auto g1 = [](int x) { return !x; };           // good
  extern std::binary_negate<std::less<int>> h;  // bad: std::binary_negate
  auto h1 = [](int x) { return !x; };           // good
  struct Walk : std::iterator<std::input_iterator_tag, int> {};  // bad: std::iterator
  struct Step { using value_type = int; };      // good
  extern std::raw_storage_iterator<int *, int> i;  // bad: std::raw_storage_iterator
  std::uninitialized_fill_n(p, 9, 0);           // good
  extern std::unexpected_handler j;             // bad: std::unexpected_handler
  extern std::terminate_handler handler;        // good
  extern std::wstring_convert<Plain> *k;        // bad: std::wstring_convert
  extern std::wstring k1;                       // good
  extern std::wbuffer_convert<Plain> *m;        // bad: std::wbuffer_convert
  extern std::wstreambuf *m1;                   // good
  extern std::codecvt_utf8<wchar_t> *codecvt_utf8_0;  // bad: std::codecvt_utf8
  extern std::codecvt<char32_t, char, std::mbstate_t> *codecvt_utf8_1;  // good
  extern std::codecvt_utf16<wchar_t> *codecvt_utf16_0;  // bad: std::codecvt_utf16
  extern std::codecvt<char32_t, char, std::mbstate_t> *codecvt_utf16_1;  // good
  extern std::codecvt_utf8_utf16<wchar_t> *codecvt_utf8_utf16_0;  // bad: std::codecvt_utf8_utf16
  extern std::codecvt<char32_t, char, std::mbstate_t> *codecvt_utf8_utf16_1;  // good
}
