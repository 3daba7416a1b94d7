// Macros, inline functions and templates of a system header.
#include <system_templates.h>
void f(char* d) {
  SYSTEM_STD_COPY(d, "");          // use: strcpy call:3
  system_copy(d);
  system_template(d);
  SystemText<char>().run(d);
  system_apply(strcat, d);         // use: strcat address
}
