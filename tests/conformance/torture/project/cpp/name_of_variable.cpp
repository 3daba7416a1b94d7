// Variables, parameters, captures, bindings, template parameters of that name.
#include <utility>
template <class strcpy, int gets> strcpy f(strcpy d) { return d + gets; }
template <class T> constexpr T popen = T(1);
int g(std::pair<int, int> p, int system) {
  auto [strcat, atoi] = p;
  auto l = [memcpy = system](int gets) { return memcpy + gets; };
  for (auto strcpy : {1, 2}) system += strcpy;
  if (int strcpy = 3; strcpy) system++;
  try { } catch (int gets) { return gets; }
  return l(strcat) + popen<int> + atoi;
}
