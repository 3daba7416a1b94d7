// expect: refused. The worker's own memory.
#include "/proc/self/mem"
