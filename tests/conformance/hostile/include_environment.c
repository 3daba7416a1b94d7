// expect: refused. The environment, as a file that says that it is empty.
#include "/proc/self/environ"
