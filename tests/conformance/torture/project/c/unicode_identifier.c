// Letters of other alphabets that look like those of the banned name, and letters after it.
static void strсpy(char *d) { *d = 0; }
static void strcpyß(char *d) { *d = 0; }
void f(char *d) { strсpy(d); strcpyß(d); }
