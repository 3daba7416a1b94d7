// Labels, assembly and dlsym in C++.
#include <dlfcn.h>
extern "C" char* innocent(char*, const char*) __asm__("strcpy");
asm("call strcat");                                 // use: strcat address
void* f(char* d) {
  innocent(d, "");                                  // use: strcpy call
  asm volatile("call system" ::: "memory");         // use: system address
  return ::dlsym(nullptr, "gets");                  // use: gets address
}
template <class T> T g() { return reinterpret_cast<T>(dlsym(RTLD_DEFAULT, "popen")); }  // use: popen address
