// A macro that writes a whole template and a class.
#include <cstring>
#define DEFINE(name, f) template <class T> T* name(T* d) { return f(d, ""); }
#define CLASS(name) struct name { void g(char* d) { strcpy(d, ""); } }  // body: strcpy
DEFINE(copy, strcpy)         // use: strcpy call:14
DEFINE(append, std::strcat)  // use: strcat call:21
CLASS(Text);                 // use: strcpy call:1 through CLASS
char* f(char* d) { return append(copy(d)); }
