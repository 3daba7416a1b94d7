// expect: refused. The worker's own channel.
#include "/proc/self/fd/100"
