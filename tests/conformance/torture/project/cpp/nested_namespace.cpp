// The banned name in other namespaces is another function.
namespace store { int unsafe_load(int); }
namespace other { int unsafe_load(int); namespace store { int unsafe_load(int); } }
int unsafe_load(int);
namespace store::deeper {
int unsafe_load(long);
int f() { return unsafe_load(1L) + store::unsafe_load(1); }  // use: store::unsafe_load call:43
}
int g() { return other::unsafe_load(1) + other::store::unsafe_load(1) + ::unsafe_load(1); }
namespace other { int h() { return store::unsafe_load(1) + ::store::unsafe_load(2); } }  // use: store::unsafe_load call:69
