// dlsym without its header.
extern void *dlsym(void *, const char *);
void *f(void *h) { return dlsym(h, "strcpy"); }  // use: strcpy address
