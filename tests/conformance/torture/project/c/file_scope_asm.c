// Assembly at file scope.
__asm__(".globl enter\nenter:\n\tcall strcpy\n\tret");  // use: strcpy address
