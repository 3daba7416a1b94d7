// problem, perhaps: nothing banned, and an error that no token shows
int f(void) { return nothing; }
