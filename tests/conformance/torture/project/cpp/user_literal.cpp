// User-defined literals: their bodies, and suffixes that contain a banned name.
#include <cstring>
char* operator""_copied(const char* s, std::size_t) { static char d[9]; return strcpy(d, s); }  // use: strcpy call
int operator""_strcpy(const char*, std::size_t) { return 1; }
int operator""_gets(unsigned long long) { return 1; }
auto a = "x"_copied;
auto b = "x"_strcpy + 1_gets;
