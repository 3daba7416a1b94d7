// expect: refused. A designator asks for an array of which every element is set.
int a[] = {[0 ... 2000000000] = 3, [1000000000] = 4};
int f(void) { return nothing; }
