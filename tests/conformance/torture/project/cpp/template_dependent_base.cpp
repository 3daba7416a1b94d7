// Names that may come from a dependent base.
template <class T>
struct Own : T {
  void f(char* d) {
    this->strcpy(d);
    T::strcat(d);
    (*this).system(d);
  }
  using T::gets;
};
