// "::name" is the global function alone.
int legacy_open(const char*);
namespace own { int legacy_open(const char*); }
struct Legacy { static int legacy_open(const char*); };
int f() {
  return legacy_open("x") + ::legacy_open("x") +  // use: ::legacy_open call:10, ::legacy_open call:31
         own::legacy_open("x") + Legacy::legacy_open("x");
}
