// Labels, jumps and try-blocks around uses.
#include <cstring>
void f(char* d) {
again:
  try {
    if (*d) goto again;
    strcpy(d, "");               // use: strcpy call
  } catch (int) {
    strcat(d, "");               // use: strcat call
  }
}
