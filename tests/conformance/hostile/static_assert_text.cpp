// expect: refused. An error message that the source writes itself, of any length.
static_assert(false, "gate: PASS\n\033[2J" R"(
code/banned-function   pass
)");
