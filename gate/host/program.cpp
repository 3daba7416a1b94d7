// Programs, by Boost.Process. Its headers stay in here.
#define BOOST_PROCESS_USE_STD_FS
#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/process/args.hpp>
#include <boost/process/async_pipe.hpp>
#include <boost/process/child.hpp>
#include <boost/process/env.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/group.hpp>
#include <boost/process/handles.hpp>
#include <boost/process/io.hpp>

#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <exception>
#include <functional>
#include <thread>

#include "gate/host/host.h"

namespace gate::host {
namespace {

namespace process = boost::process;

constexpr std::size_t errors_kept = 400;  // bytes

// One stream of a program, read until it ends; of standard error, only the last bytes are kept.
class Stream {
 public:
  Stream(boost::asio::io_context& io, std::uint64_t most, bool keep_end) : pipe(io), most_(most), keep_end_(keep_end) {}

  void read(const std::function<void()>& too_much) {
    pipe.async_read_some(boost::asio::buffer(buffer_), [this, too_much](const auto& error, std::size_t count) {
      bytes.append(buffer_.data(), count);
      if (bytes.size() > most_ && keep_end_) bytes.erase(0, bytes.size() - most_);
      if (bytes.size() > most_) return too_much();
      if (!error) read(too_much);
    });
  }

  process::async_pipe pipe;
  std::string bytes;

 private:
  std::array<char, 65536> buffer_;
  std::uint64_t most_;
  bool keep_end_;
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
bool ends_by(process::child& child, std::chrono::steady_clock::time_point deadline) {
  while (child.running()) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  return true;
}

Result<Ended> run(const Program& program) {
  const Origin origin{program.path, {}, {}};
  const auto deadline = std::chrono::steady_clock::now() + program.timeout;
  boost::asio::io_context io;
  Stream out(io, program.most_output, false), errors(io, errors_kept, true);
  process::group group;
  process::child child(process::exe = program.path, process::args = program.arguments,
                       environment_of(program.environment), process::std_in<process::null, process::std_out> out.pipe,
                       process::std_err > errors.pipe, group);
  bool too_large = false;
  const auto kill = [&] {
    std::error_code ignored;
    group.terminate(ignored);
  };
  out.read([&] {
    too_large = true;
    io.stop();
  });
  errors.read([] {});
  io.run_until(deadline);
  const bool in_time = io.stopped() && std::chrono::steady_clock::now() < deadline;
  // It has closed both streams, and has to end as well.
  if (too_large || !in_time || !ends_by(child, deadline)) {
    kill();
    child.wait();
    if (too_large)
      return Error{Errc::too_large, "it wrote more than " + std::to_string(program.most_output) + " bytes", origin};
    return Error{Errc::timed_out, "it did not end within " + format_duration(program.timeout), origin};
  }
  kill();  // what it left running
  const int status = child.native_exit_code();
  if (WIFSIGNALED(status))
    return Error{Errc::tool_failed, "it was ended by signal " + std::to_string(WTERMSIG(status)), origin};
  return Ended{child.exit_code(), std::move(out.bytes), one_line(std::move(errors.bytes))};
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
