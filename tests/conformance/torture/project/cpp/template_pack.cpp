// Calls in pack expansions and fold expressions.
#include <cstring>
template <class... T>
void f(char* d, T... s) {
  (strcpy(d, s), ...);                     // use: strcpy call:4
  (void)(... && (strcat(d, s) != nullptr));  // use: strcat call
  char* all[] = {strcpy(d, s)...};         // use: strcpy call
  (void)all;
}
