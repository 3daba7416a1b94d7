// A banned member function: each way to name it.
namespace store {
struct Row {
  char* raw();
  const char* raw(int) const;
  char* cooked();
};
struct Wide : Row { using Row::raw; };            // use: store::Row::raw address
struct Other { char* raw(); };
}
void f(store::Row& r, store::Row* p, store::Wide w, store::Other o) {
  r.raw();                                        // use: store::Row::raw call:5
  p->raw(3);                                      // use: store::Row::raw call:6
  w.raw();                                        // use: store::Row::raw call:5
  r.Row::raw();                                   // use: store::Row::raw call:10
  char* (store::Row::*m)() = &store::Row::raw;    // use: store::Row::raw address:43
  (r.*m)();
  r.cooked();
  o.raw();
}
