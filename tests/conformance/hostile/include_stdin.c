// expect: refused. The worker's own input.
#include "/dev/stdin"
