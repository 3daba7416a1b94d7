// Long work shows itself on standard error: a bar on a terminal, a line now and then elsewhere. It changes no result.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace gate::app {

class ProgressLine {
 public:
  ProgressLine(std::string what, bool on_terminal, bool quiet);
  ~ProgressLine();  // clears the bar
  void operator()(std::size_t done, std::size_t total);

 private:
  using Clock = std::chrono::steady_clock;
  std::string what_;
  bool on_terminal_, quiet_, shown_ = false;
  Clock::time_point last_;
};

}  // namespace gate::app
