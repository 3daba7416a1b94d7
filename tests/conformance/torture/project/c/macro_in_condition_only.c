// A macro with the name that only directives ask for.
#define HAVE strcpy
#ifdef HAVE
int f(void) { return 1; }
#endif
#if HAVE
int g(void) { return 2; }
#endif
