// Unqualified inside the namespace that the banned name belongs to.
namespace store {
int unsafe_load(int);
int f() { return unsafe_load(1); }                // use: store::unsafe_load call
struct Loader { int g() { return unsafe_load(2); } };  // use: store::unsafe_load call
}
