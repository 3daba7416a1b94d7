// expect: refused, a runaway. The compiler is asked to overflow its stack.
#pragma clang __debug overflow_stack
