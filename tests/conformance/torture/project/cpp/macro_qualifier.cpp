// Macros for the parts of a qualified name.
#include <cstring>
#define STD std
#define IN_STD(name) std::name
#define COPY std::strcpy  // body: strcpy
#define GLOBAL(name) ::name
#define SCOPE std::
#define PASTE(a) std::str##a  // body: strcat
void f(char* d) {
  STD::strcpy(d, "");      // use: strcpy call:8
  IN_STD(strcat)(d, "");   // use: strcat call:10
  COPY(d, "");             // use: strcpy call:3 through COPY
  GLOBAL(strcpy)(d, "");   // use: strcpy call:10
  SCOPE strcat(d, "");     // use: strcat call:9
  PASTE(cat)(d, "");       // use: strcat call:3 through PASTE
}
