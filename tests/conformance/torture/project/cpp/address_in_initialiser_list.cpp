// Names in lists, arrays, maps and pairs.
#include <array>
#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>
using copier = char* (*)(char*, const char*);
const std::array<copier, 2> a{strcpy, std::strcat};              // use: strcpy address:31, strcat address:44
const std::vector<copier> b = {::strcpy};                        // use: strcpy address
const std::map<std::string, copier> c = {{"strcpy", strcpy}};    // use: strcpy address:53
const std::pair<int, copier> e{1, std::strcat};                  // use: strcat address
struct operations { copier copy; int n; } operations{.copy = strcpy, .n = 1};  // use: strcpy address
