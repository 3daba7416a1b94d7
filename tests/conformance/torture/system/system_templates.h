// Outside the project.
#pragma once
#include <cstring>
#define SYSTEM_STD_COPY(d, s) std::strcpy(d, s)
inline void system_copy(char* d) { strcpy(d, ""); }
template <class T> void system_template(T d) { strcpy(d, ""); }
template <class T> struct SystemText { void run(T* d) { std::strcat(d, ""); } };
template <class F> void system_apply(F f, char* d, char* (*g)(char*, const char*) = strcpy) { f(d, ""); g(d, ""); }
