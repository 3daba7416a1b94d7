// expect: refused. A file of the kernel that calls itself regular, and where reading waits.
#include "/proc/kmsg"
