// Programs, by Boost.Process. Its headers stay in here.
#define BOOST_PROCESS_USE_STD_FS
#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/env.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/group.hpp>
#include <boost/process/io.hpp>
#include <boost/process/pipe.hpp>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <thread>

#include "gate/host/host.h"

namespace gate::host {
namespace {

namespace process = boost::process;
using Clock = std::chrono::steady_clock;

constexpr std::size_t errors_kept = 400;  // bytes

// What a program writes, read until it closes both of its streams.
class Streams {
 public:
  enum class End { closed, too_large, late };

  explicit Streams(std::uint64_t most) : most_(most) {}

  End read(Clock::time_point deadline) {
    std::array<pollfd, 2> ends{pollfd{out.native_source(), POLLIN, 0}, pollfd{errors.native_source(), POLLIN, 0}};
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
      if (left <= 0) return End::late;
      if (::poll(ends.data(), ends.size(), static_cast<int>(std::min<std::int64_t>(left, 60'000))) < 0 &&
          errno != EINTR)
        return End::late;
      if (ends[0].revents != 0 && !take(ends[0].fd, output)) ends[0].fd = -1;
      if (ends[1].revents != 0 && !take(ends[1].fd, complaints)) ends[1].fd = -1;
      if (output.size() > most_) return End::too_large;
      if (complaints.size() > errors_kept) complaints.erase(0, complaints.size() - errors_kept);
    }
    return End::closed;
  }

  process::pipe out, errors;
  std::string output, complaints;

 private:
  bool take(int fd, std::string& into) {
    const auto count = ::read(fd, buffer_.data(), buffer_.size());
    if (count < 0) return errno == EINTR;
    into.append(buffer_.data(), static_cast<std::size_t>(count));
    return count > 0;
  }

  std::array<char, 65536> buffer_;
  std::uint64_t most_;
};

std::string one_line(std::string text) {
  std::ranges::replace_if(text, [](unsigned char c) { return c < 0x20; }, ' ');
  const auto end = text.find_last_not_of(' ');
  text.resize(end == std::string::npos ? 0 : end + 1);
  return text;
}

process::environment environment_of(const std::vector<std::string>& variables) {
  process::environment environment;
  for (const std::string& variable : variables) {
    const auto equals = variable.find('=');
    environment[variable.substr(0, equals)] = variable.substr(equals + 1);
  }
  return environment;
}

// Not by Boost's own wait_until, which sleeps through the end of a child that was over before it asked.
bool ends_by(process::child& child, Clock::time_point deadline) {
  while (child.running()) {
    if (Clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  return true;
}

Result<Ended> run(const Program& program) {
  const Origin origin{program.path, {}, {}};
  const auto deadline = Clock::now() + program.timeout;
  Streams streams(program.most_output);
  process::group group;
  process::child child(
      process::exe = program.path, process::args = program.arguments, environment_of(program.environment),
      process::std_in<process::null, process::std_out> streams.out, process::std_err > streams.errors, group);
  const auto kill = [&] {
    std::error_code ignored;
    group.terminate(ignored);
  };
  const Streams::End end = streams.read(deadline);
  // It has closed both streams, and has to end as well.
  if (end != Streams::End::closed || !ends_by(child, deadline)) {
    kill();
    child.wait();
    if (end == Streams::End::too_large)
      return Error{Errc::too_large, "it wrote more than " + std::to_string(program.most_output) + " bytes", origin};
    return Error{Errc::timed_out, "it did not end within " + format_duration(program.timeout), origin};
  }
  kill();  // what it left running
  const int status = child.native_exit_code();
  if (WIFSIGNALED(status))
    return Error{Errc::tool_failed, "it was ended by signal " + std::to_string(WTERMSIG(status)), origin};
  return Ended{child.exit_code(), std::move(streams.output), one_line(std::move(streams.complaints))};
}

}  // namespace

Result<Ended> run_program(const Program& program) {
  try {
    return run(program);
  } catch (const std::exception& error) {
    return Error{Errc::tool_failed, std::string("it cannot be started: ") + error.what(), {program.path, {}, {}}};
  }
}

}  // namespace gate::host
