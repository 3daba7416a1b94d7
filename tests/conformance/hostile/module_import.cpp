// expect: named. A module that would have to be built.
import evil;
import <cstring>;
void f(char* d) { strcpy(d, d); }
