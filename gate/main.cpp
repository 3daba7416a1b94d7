#include <cstdio>
#include <exception>

#include "gate/app/app.h"

// Whatever escapes is no verdict: undecided.
int main(int argc, char** argv) {
  try {
    return gate::app::main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "gate: internal error: %s\n", error.what());
  } catch (...) {
    std::fputs("gate: internal error\n", stderr);
  }
  return 3;
}
