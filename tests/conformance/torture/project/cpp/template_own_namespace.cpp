// A qualified name in a template is the project's own.
namespace own { template <class T> void strcpy(T, const char*); int system(const char*); }
template <class T>
void f(T d) {
  own::strcpy(d, "x");
  own::system(d);
}
