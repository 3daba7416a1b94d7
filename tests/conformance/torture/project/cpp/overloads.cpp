// All overloads of a banned name are meant.
namespace store {
int unsafe_load(int);
int unsafe_load(const char*, int = 0);
template <class T> int unsafe_load(T*, T*);
}
int f(int* p) {
  int (*chosen)(int) = store::unsafe_load;          // use: store::unsafe_load address
  return store::unsafe_load(1) +                    // use: store::unsafe_load call
         store::unsafe_load("x") + chosen(2) +      // use: store::unsafe_load call
         store::unsafe_load(p, p) +                 // use: store::unsafe_load call
         store::unsafe_load<int>(p, p);             // use: store::unsafe_load call
}
