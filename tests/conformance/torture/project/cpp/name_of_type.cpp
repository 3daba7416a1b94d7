// Types, concepts, namespaces, aliases of that name.
struct strcpy { int a; strcpy(int n) : a(n) {} };
namespace strcat { int a; struct gets {}; }
template <class T> concept system = sizeof(T) > 0;
using popen = int;
template <system T> T f(T t) { return t; }
enum class memcpy { gets, atoi };
int g() { return f(popen(3)) + strcat::a + strcpy(1).a + static_cast<int>(memcpy::gets); }
