// expect: guarded. A concept that needs itself.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
template <class T> struct Box {};
template <class T> concept C = requires { f(Box<T>()); };
template <C T> void f(T);
static_assert(C<int>);
void g() { f(3); }
