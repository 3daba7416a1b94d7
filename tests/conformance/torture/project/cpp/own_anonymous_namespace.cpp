// A function of that name in an unnamed namespace.
namespace {
char* strcpy(char* d, const char*) { return d; }
int system(const char*) { return 1; }
}
int f(char* d) { return system(strcpy(d, "")); }
