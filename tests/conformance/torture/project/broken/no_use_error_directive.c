// problem: nothing banned, and the source refuses this configuration
#ifndef PLATFORM
#error choose a platform
#endif
int f(void) { return 0; }
