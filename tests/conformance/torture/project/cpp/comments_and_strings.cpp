// strcpy(d, s) where no code is.
/* std::strcpy(d, s) /* not nested */
const char* a = "std::strcpy(d, s)" "\"" /* " */ "gets()";
auto b = U'"', c = U'\''; // "strcpy(
#if 0
R"(
#endif
strcpy(d, s);
)"
#endif
int f() { return b + c; } // '
