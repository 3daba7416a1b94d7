// expect: refused. The compiler is asked to reach code that cannot be reached.
#pragma clang __debug llvm_unreachable
