// An expression in an OpenMP clause.
// flags: -fopenmp
#include <stdlib.h>
void f(const char *s) {
#pragma omp parallel num_threads(atoi(s))  // use: atoi call
  { (void)system(s); }                     // use: system call
}
