// Dependent members of that name.
template <class T>
void f(T d, T* e, const char* s) {
  d.strcpy(s);
  e->strcat(s);
  T::system(s);
  d.gets = 3;
  typename T::popen p;
  d.template memcpy<T>(p);
  (d.*e->system)(s);
}
