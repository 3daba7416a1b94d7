// A variable at file scope, and a thread's.
static int system = 3;
static _Thread_local int gets;
extern int (*popen_hook)(int);
static int (*popen)(int);
int f(void) { return system + gets + popen(1) + popen_hook(2); }
