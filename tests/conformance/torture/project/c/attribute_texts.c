// Attributes whose text contains a banned name.
__attribute__((deprecated("use strcpy instead"))) void a(void);
__attribute__((section("strcpy"))) int b = 1;
__attribute__((annotate("strcpy"))) void c(void);
__attribute__((unavailable("gets"))) void e(void);
register long stack __asm__("rsp");
