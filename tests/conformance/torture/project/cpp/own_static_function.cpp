// A static function of that name.
static int popen(int n) { return n; }
static int gets() { return popen(1); }
int f() { return gets() + ::popen(2); }
