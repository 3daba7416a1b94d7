// The worker's side: one unit or binary after the other, in a process that may not write files and may be killed at any
// time.
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "adapters/cpp/cpp.h"
#include "adapters/cpp/protocol.h"

namespace gate::cpp {
namespace {

constexpr rlim_t memory_limit = rlim_t{4} << 30;
constexpr rlim_t stack_limit = rlim_t{64} << 20;  // Clang descends into deeply nested sources

void limit(int resource, rlim_t most) {
  rlimit now{};
  if (::getrlimit(static_cast<__rlimit_resource>(resource), &now) != 0) return;
  if (now.rlim_max != RLIM_INFINITY) most = std::min(most, now.rlim_max);
  const rlimit wanted{most, most};
  ::setrlimit(static_cast<__rlimit_resource>(resource), &wanted);
}

void confine() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_STACK, stack_limit);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // these reserve far more than they use
  limit(RLIMIT_AS, memory_limit);
#endif
}

// The two ends move away from where libraries print, so that a dump pragma cannot write into the answers.
class Channel {
 public:
  Channel() : in_(::fcntl(0, F_DUPFD_CLOEXEC, 100)), out_(::fcntl(1, F_DUPFD_CLOEXEC, 100)) {
    for (const int standard : {0, 1}) ::dup2(2, standard);  // where the gate that started this one sent errors
  }

  // Without the line break; nothing at the end of the input.
  std::optional<std::string> read_line() {
    for (;;) {
      if (const auto line_break = received_.find('\n', searched_); line_break != std::string::npos) {
        std::string line = received_.substr(0, line_break);
        received_.erase(0, line_break + 1);
        searched_ = 0;
        return line;
      }
      searched_ = received_.size();
      char buffer[1 << 16];
      const ssize_t count = ::read(in_, buffer, sizeof buffer);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0 || received_.size() > max_line) return std::nullopt;
      received_.append(buffer, static_cast<std::size_t>(count));
    }
  }

  bool write(std::string_view text) {
    while (!text.empty()) {
      const ssize_t count = ::write(out_, text.data(), text.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

 private:
  int in_, out_;
  std::string received_;
  std::size_t searched_ = 0;
};

int serve(Channel& channel) {
  const auto greeting = channel.read_line();
  if (!greeting) return 0;
  const auto setup = decode_setup(*greeting);
  if (!setup) return 2;
  const auto paths = Paths::open(setup->root);
  if (!paths) return 2;
  const Watch watch(setup->bans);
  UnitScanner scanner(watch, *paths, setup->engine, setup->tell_inputs);
  const SymbolMatcher matcher(watch, setup->bans);
  if (!channel.write(encode_ready())) return 2;
  while (const auto line = channel.read_line()) {
    const auto work = decode_work(*line);
    if (!work) return 2;
    const auto* binary = std::get_if<BinaryFile>(&*work);
    const std::string answer =
        binary ? encode(read_imports_of(binary->name, *paths, matcher)) : encode(scanner.scan(std::get<Unit>(*work)));
    if (!channel.write(answer)) return 2;
  }
  return 0;
}

}  // namespace

int worker_main() {
  confine();
  Channel channel;
  try {
    return serve(channel);
  } catch (...) {
    return 3;
  }
}

}  // namespace gate::cpp
