// Inline namespaces are no part of a name.
namespace store {
inline namespace version_two { int unsafe_load(int); }
inline namespace { int quiet(int) { return 0; } }
}
int f() {
  return store::unsafe_load(1) +               // use: store::unsafe_load call:17
         store::version_two::unsafe_load(2) +  // use: store::unsafe_load call:30
         store::quiet(3);
}
