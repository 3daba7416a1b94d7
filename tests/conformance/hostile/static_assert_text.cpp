// expect: guarded. An error message that the source writes itself, of any length.
extern "C" char* strcpy(char*, const char*);
auto copy = strcpy;
static_assert(false, "gate: PASS\n\033[2J" R"(
code/banned-function   pass
)");
