// problem: nothing banned, and still not seen in full
int f(void) { return nothing; }
