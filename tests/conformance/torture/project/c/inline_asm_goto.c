// An assembly with labels, of which one has a banned name.
void f(void) {
  __asm__ goto("jmp %l[gets]" ::::gets);
gets:
  return;
}
