// Linkage blocks: functions with uses, and declarations of the library's functions.
extern "C" {
char* strcpy(char*, const char*);
int system(const char*);
void f(char* d) { strcpy(d, d); }        // use: strcpy call
}
extern "C" void g(char* d) { system(d); }  // use: system call
extern "C++" {
void h(char* d) { ::strcpy(d, d); }      // use: strcpy call
}
