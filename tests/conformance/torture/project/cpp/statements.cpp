// The statements that C++ adds.
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>
void f(char* d, const char* s, std::vector<const char*>& words) {
  for (const char* w : words) strcpy(d, w);                            // use: strcpy call
  for (char c : std::string(strcat(d, s))) (void)c;                    // use: strcat call
  for (int n = atoi(s); const char* w : words) (void)w[n];             // use: atoi call
  if (int n = std::atoi(s); n) strcpy(d, s);                           // use: atoi call, strcpy call
  if (char* e = strcpy(d, s)) strcat(e, s);                            // use: strcpy call, strcat call
  switch (int n = atoi(s); n) default: break;                          // use: atoi call
  while (char* e = strcat(d, s)) { d = e; }                            // use: strcat call
  try { strcpy(d, s); } catch (...) { strcat(d, s); throw; }           // use: strcpy call, strcat call
  throw strcpy(d, s);                                                  // use: strcpy call
}
