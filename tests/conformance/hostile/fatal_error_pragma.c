// expect: refused. The compiler is asked to end in a fatal error of its libraries.
#pragma clang __debug llvm_fatal_error
