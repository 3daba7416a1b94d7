// A function that is one try-block.
#include <cstdlib>
#include <cstring>
int f(char* d) try {
  strcpy(d, "");                 // use: strcpy call
  throw strcat(d, "");           // use: strcat call
} catch (char* e) {
  return system(e);              // use: system call
}
