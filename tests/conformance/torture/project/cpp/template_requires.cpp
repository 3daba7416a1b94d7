// Requirements and concepts.
#include <cstring>
template <class T> concept Copyable = requires(T d) { strcpy(d, ""); };             // use: strcpy call
template <class T> requires requires(T d) { { strcat(d, "") } -> Copyable; } void f(T);  // use: strcat call
template <class T> void g(T d) requires(sizeof(strcpy(d, "")) > 0);                 // use: strcpy call
template <class T> concept Own = requires(T d) { d.strcpy(""); T::system(""); };
