// Constructors and call operators of classes with banned names.
struct strcat { template <class T> strcat(T, const char*) {} };
struct system { int operator()(const char*) const { return 0; } };
int f(char* d) { strcat(d, ""); strcat{d, ""}; return system()("x"); }
