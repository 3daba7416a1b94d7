#include "gate/app/progress.h"

#include <cstdio>

namespace gate::app {
namespace {

constexpr auto bar_interval = std::chrono::milliseconds(100);
constexpr auto line_interval = std::chrono::seconds(30);

}  // namespace

ProgressLine::ProgressLine(std::string what, bool on_terminal, bool quiet)
    : what_(std::move(what)), on_terminal_(on_terminal), quiet_(quiet), last_(Clock::now()) {}

ProgressLine::~ProgressLine() {
  if (shown_ && on_terminal_) std::fputs("\r\x1b[K", stderr);
}

void ProgressLine::operator()(std::size_t done, std::size_t total) {
  if (quiet_ || total == 0) return;
  const auto now = Clock::now();
  if (now - last_ < (on_terminal_ ? std::chrono::milliseconds(bar_interval) : std::chrono::milliseconds(line_interval)))
    return;
  last_ = now;
  shown_ = true;
  if (!on_terminal_) {
    std::fprintf(stderr, "gate: %s: %zu of %zu\n", what_.c_str(), done, total);
    return;
  }
  constexpr std::size_t cells = 24;
  const std::size_t filled = done * cells / total;
  std::string bar(filled, '#');
  bar.resize(cells, '.');
  std::fprintf(stderr, "\r\x1b[K%s [%s] %zu/%zu", what_.c_str(), bar.c_str(), done, total);
}

}  // namespace gate::app
