// A type's name.
typedef int system;
typedef system (*popen)(system);
system f(popen p) { return p((system)1) + sizeof(system); }
