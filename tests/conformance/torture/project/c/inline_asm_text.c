// The text of an inline assembly names the function.
void f(void) {
  __asm__ volatile("call strcpy");             // use: strcpy address
  __asm__ volatile("jmp strcat@PLT" ::: "memory");  // use: strcat address
  __asm__("mov $1, %%eax\n\tcall *system@GOTPCREL(%%rip)" ::: "eax");  // use: system address
}
