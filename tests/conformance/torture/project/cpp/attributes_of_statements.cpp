// Attributes between the parts of a call's statement.
#include <cstring>
void f(char* d) {
  [[maybe_unused]] auto e = strcpy(d, "");   // use: strcpy call
  [[likely_unknown]] strcat(d, "");          // use: strcat call
  if (d) [[unlikely]] strcpy(d, "");         // use: strcpy call
}
