// Other symbols that contain the name.
void f(void) {
  __asm__ volatile("call my_strcpy");
  __asm__ volatile("call strcpy_s");
  __asm__ volatile("call strcpy2");
  __asm__ volatile("call xstrcat");
}
