#include "adapters/git/git_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

namespace gate::git {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto longest = std::chrono::seconds{60};
constexpr std::size_t most_output = 256u << 20;

Origin origin() { return {"git", {}, {}}; }
Error failed(std::string what) { return {Errc::tool_failed, "git " + std::move(what), origin()}; }

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
  }
  ~Pipe() {
    close(0);
    close(1);
  }
  Pipe(const Pipe&) = delete;
  int operator[](std::size_t end) const { return ends_[end]; }
  bool is_open() const { return ends_[0] >= 0; }
  void close(std::size_t end) {
    if (const int fd = std::exchange(ends_[end], -1); fd >= 0) ::close(fd);
  }

 private:
  std::array<int, 2> ends_{-1, -1};  // to read, to write
};

// A process that writes into a pipe of ours, and reads from one or from nothing.
class Process {
 public:
  Process() = default;
  Process(const Process&) = delete;
  ~Process() {
    in.close(1);
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    wait();
  }

  bool start(const std::vector<std::string>& command, bool is_asked) {
    if (!in.is_open() || !out.is_open()) return false;
    // Nothing of the caller's environment and of the user's configuration chooses what is read, and nothing is fetched.
    static const char* environment[] = {"PATH=/usr/bin:/bin",
                                        "HOME=/nonexistent",
                                        "LC_ALL=C",
                                        "TZ=UTC",
                                        "GIT_CONFIG_NOSYSTEM=1",
                                        "GIT_CONFIG_GLOBAL=/dev/null",
                                        "GIT_NO_REPLACE_OBJECTS=1",
                                        "GIT_OPTIONAL_LOCKS=0",
                                        "GIT_TERMINAL_PROMPT=0",
                                        "GIT_ALLOW_PROTOCOL=",
                                        "GIT_NO_LAZY_FETCH=1",
                                        nullptr};
    std::vector<char*> arguments;
    for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    if (is_asked) {
      ::posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    } else {
      ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    }
    ::posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    const int code =
        ::posix_spawn(&pid_, arguments[0], &actions, nullptr, arguments.data(), const_cast<char**>(environment));
    ::posix_spawn_file_actions_destroy(&actions);
    if (code != 0) pid_ = 0;
    in.close(0);
    out.close(1);
    return code == 0;
  }

  // Its exit status; nothing where a signal ended it or it does not end in time.
  std::optional<int> end_by(Clock::time_point deadline) {
    int status = 0;
    for (;;) {
      const pid_t ended = ::waitpid(pid_, &status, WNOHANG);
      if (ended == pid_) break;
      if ((ended < 0 && errno != EINTR) || Clock::now() >= deadline) return std::nullopt;
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    pid_ = 0;
    return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
  }

  // More of what it writes; false at its end, and where it is too late.
  bool read(std::string& into, Clock::time_point deadline) const {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd end{out[0], POLLIN, 0};
    if (left <= 0 || ::poll(&end, 1, static_cast<int>(left)) <= 0) return false;
    std::array<char, 65536> buffer;
    const ssize_t count = ::read(out[0], buffer.data(), buffer.size());
    if (count > 0) into.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0;
  }

  // A process that is gone must not take this one with it by SIGPIPE.
  bool write(std::string_view text) const {
    sigset_t pipe, before;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, &before);
    const bool written = ::write(in[1], text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (!written && errno == EPIPE) {
      const timespec at_once{};
      ::sigtimedwait(&pipe, nullptr, &at_once);
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return written;
  }

  Pipe in, out;

 private:
  void wait() {
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
  }

  pid_t pid_ = 0;
};

}  // namespace

Result<GitProgram> GitProgram::find(std::string folder) {
  for (const char* path : {"/usr/bin/git", "/usr/local/bin/git", "/bin/git"}) {
    const int found = ::open(path, O_RDONLY | O_CLOEXEC);
    if (found < 0) continue;
    ::close(found);
    GitProgram program;
    program.path_ = path;
    program.folder_ = std::move(folder);
    return program;
  }
  return Error{Errc::not_found, "a SHA-256 repository is read through git, which is not on this machine", origin()};
}

// The repository's own configuration may name programs for these; none is run. Its owner does not matter then.
std::vector<std::string> GitProgram::command(const std::vector<std::string>& arguments) const {
  std::vector<std::string> command{
      path_, "--no-pager", "--literal-pathspecs", "-c", "safe.directory=*", "-c", "core.fsmonitor=false",
      "-C",  folder_};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

Result<std::string> GitProgram::run(const std::vector<std::string>& arguments) const {
  const auto deadline = Clock::now() + longest;
  Process process;
  if (!process.start(command(arguments), false)) return failed("cannot be started");
  std::string output;
  while (process.read(output, deadline)) {
    if (output.size() > most_output) return Error{Errc::too_large, "git wrote more than 256 MiB", origin()};
  }
  const auto status = process.end_by(deadline);
  if (!status && Clock::now() >= deadline) return Error{Errc::timed_out, "git did not end within a minute", origin()};
  if (!status || *status != 0)
    return failed(arguments.front() + " ended with " + (status ? std::to_string(*status) : "a signal"));
  return output;
}

Result<std::vector<std::string>> GitProgram::list(const std::vector<std::string>& arguments, char end) const {
  const auto output = run(arguments);
  if (!output) return output.error();
  std::vector<std::string> parts;
  for (std::string_view rest = *output; !rest.empty();) {
    const auto length = rest.find(end);
    if (length == std::string_view::npos) return failed(arguments.front() + " wrote a line without an end");
    parts.emplace_back(rest.substr(0, length));
    rest.remove_prefix(length + 1);
  }
  return parts;
}

class CatFile::Child {
 public:
  explicit Child(std::vector<std::string> command) : command_(std::move(command)) {}

  Result<Header> ask(const std::string& id) {
    const auto deadline = Clock::now() + longest;
    if (!process_) {
      process_.emplace();
      text_.clear();
      if (!process_->start(command_, true)) return gone(id, "git cannot be started");
    }
    if (!process_->write(id + '\n')) return gone(id, "git cannot be asked");
    std::size_t end = 0;
    while ((end = text_.find('\n')) == std::string::npos) {
      if (text_.size() > longest_line || !process_->read(text_, deadline)) return gone(id, "git cannot read it");
    }
    const std::string line = text_.substr(0, end);
    text_.erase(0, end + 1);
    if (line == id + " missing") return Error{Errc::not_found, "no such object here", {id, {}, {}}};
    const auto type_end = line.find(' ', id.size() + 1);
    if (!line.starts_with(id + ' ') || type_end == std::string::npos) return gone(id, "git answers something else");
    Header header{line.substr(id.size() + 1, type_end - id.size() - 1), 0};
    const char* last = line.data() + line.size();
    if (std::from_chars(line.data() + type_end + 1, last, header.size).ptr != last)
      return gone(id, "git answers something else");
    return header;
  }

  Result<std::string> content(const std::string& id, std::size_t size) {
    const auto deadline = Clock::now() + longest;
    while (text_.size() < size + 1) {
      if (!process_->read(text_, deadline)) return gone(id, "git ended inside the object");
    }
    if (text_[size] != '\n') return gone(id, "git answers something else");
    std::string bytes = text_.substr(0, size);
    text_.erase(0, size + 1);
    return bytes;
  }

 private:
  static constexpr std::size_t longest_line = 4096;

  // It ends at the first object that it cannot read, and its answers can no longer be told apart: another takes over.
  Error gone(const std::string& id, const char* what) {
    process_.reset();
    return {Errc::unreadable, what, {id, {}, {}}};
  }

  std::vector<std::string> command_;
  std::optional<Process> process_;
  std::string text_;
};

CatFile::CatFile(const GitProgram& program)
    : headers_(std::make_unique<Child>(program.command({"cat-file", "--batch-check"}))),
      objects_(std::make_unique<Child>(program.command({"cat-file", "--batch"}))) {}
CatFile::~CatFile() = default;

Result<CatFile::Header> CatFile::header(const std::string& id) { return headers_->ask(id); }

Result<std::string> CatFile::read(const std::string& id, const std::string& type, std::size_t most_bytes) {
  const auto expected = header(id);
  if (!expected) return expected.error();
  if (expected->type != type) return Error{Errc::malformed, "an object of another kind than expected", {id, {}, {}}};
  if (expected->size > most_bytes)
    return Error{Errc::too_large, "more than " + std::to_string(most_bytes) + " bytes", {id, {}, {}}};
  const auto found = objects_->ask(id);
  if (!found) return found.error();
  if (found->type != type || found->size != expected->size) return failed("contradicts itself about " + id);
  return objects_->content(id, found->size);
}

}  // namespace gate::git
