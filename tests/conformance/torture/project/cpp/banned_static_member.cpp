// A banned static member function.
namespace store {
struct Row {
  static int count();
  int raw() { return count(); }          // use: store::Row::count call
};
}
int f(store::Row& r) {
  int (*p)() = store::Row::count;        // use: store::Row::count address
  return store::Row::count() +           // use: store::Row::count call
         r.count() + p();                // use: store::Row::count call
}
