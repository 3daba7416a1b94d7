// expect: refused. The compiler is asked to crash.
#pragma clang __debug crash
