// A template of that name.
template <class T> T strcpy(T d) { return d; }
template <class T> void random_shuffle(T, T) {}
int f() { random_shuffle(1, 2); return strcpy(3) + strcpy<long>(4); }
