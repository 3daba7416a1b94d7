#include "adapters/cpp/pool.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <deque>
#include <optional>
#include <utility>

#include "adapters/cpp/protocol.h"

namespace gate::cpp {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds start_timeout{30};

Error failure(Errc code, std::string what) { return {code, std::move(what), {}}; }

// One child process with a socket as its standard input and output. Its environment is empty but for the locale.
class Worker {
 public:
  static Result<Worker> start(const std::string& binary);

  Worker(Worker&& other) noexcept
      : pid_(std::exchange(other.pid_, -1)),
        socket_(std::exchange(other.socket_, -1)),
        received_(std::move(other.received_)) {}
  Worker& operator=(Worker&&) = delete;
  ~Worker() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      wait();
    }
    if (socket_ >= 0) ::close(socket_);
  }

  int socket() const { return socket_; }

  // False where the worker is gone or does not read.
  bool send(std::string_view text) {
    while (!text.empty()) {
      const ssize_t sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  enum class Received { more, line, end };
  // After poll said that there is something.
  Received receive(std::string& line) {
    char buffer[1 << 16];
    const ssize_t count = ::recv(socket_, buffer, sizeof buffer, MSG_DONTWAIT);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return Received::more;
    if (count <= 0) return Received::end;
    const std::string_view fresh(buffer, static_cast<std::size_t>(count));
    const auto line_break = fresh.find('\n');
    received_.append(fresh.substr(0, line_break));
    if (received_.size() > max_line) return Received::end;
    if (line_break == std::string_view::npos) return Received::more;
    line = std::exchange(received_, {});
    return Received::line;
  }

  // Ends the process and says how it ended by itself, if it did.
  std::string end() {
    ::kill(pid_, SIGKILL);
    const int status = wait();
    if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL) {
      const char* description = ::sigdescr_np(WTERMSIG(status));
      return "signal " + std::to_string(WTERMSIG(status)) + " (" + (description ? description : "unknown") + ")";
    }
    if (WIFEXITED(status)) return "exit status " + std::to_string(WEXITSTATUS(status));
    return "a broken answer";
  }

 private:
  Worker(pid_t pid, int socket) : pid_(pid), socket_(socket) {}

  int wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
  }

  pid_t pid_;
  int socket_;
  std::string received_;
};

Result<Worker> Worker::start(const std::string& binary) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return failure(Errc::tool_failed, strerrorname_np(errno));
  const timeval patience{static_cast<time_t>(start_timeout.count()), 0};
  ::setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  // Nobody reads what libraries print. A folder takes no writing either, and every root has one.
  const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (null >= 0) {
    posix_spawn_file_actions_adddup2(&actions, null, 2);
  } else {
    posix_spawn_file_actions_addopen(&actions, 2, "/", O_RDONLY, 0);
  }
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  std::string name = "gate", command(worker_command), path = "PATH=", locale = "LC_ALL=C";
  char* const arguments[] = {name.data(), command.data(), nullptr};
  char* const environment[] = {path.data(), locale.data(), nullptr};
  pid_t pid = -1;
  const int error = ::posix_spawn(&pid, binary.c_str(), &actions, nullptr, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (null >= 0) ::close(null);
  if (error != 0) {
    ::close(ends[0]);
    return failure(Errc::tool_failed, "the worker process cannot be started: " + std::string(strerrorname_np(error)));
  }
  return Worker(pid, ends[0]);
}

class Pool {
 public:
  Pool(const PoolRequest& request, const std::vector<std::string>& work)
      : request_(request), work_(work), answers_(work.size()) {
    for (std::size_t i = 0; i < work.size(); ++i) waiting_.push_back(i);
  }

  Result<std::vector<Result<std::string>>> run() {
    if (request_.progress) request_.progress(0, work_.size());
    while (done_ < work_.size()) {
      if (auto error = assign()) return *error;
      if (auto error = listen()) return *error;
    }
    std::vector<Result<std::string>> out;
    for (auto& answer : answers_) out.push_back(std::move(*answer));
    return out;
  }

 private:
  struct Seat {
    std::optional<Worker> worker;
    bool ready = false;
    bool fresh = true;  // has done no work yet
    std::optional<std::size_t> busy_with;
    Clock::time_point deadline;
  };

  std::optional<Error> assign() {
    const auto wanted =
        std::min<std::size_t>(static_cast<std::size_t>(std::clamp(request_.workers, 1, 256)), waiting_.size() + busy());
    seats_.resize(std::max(seats_.size(), wanted));
    for (Seat& seat : seats_) {
      if (waiting_.empty()) break;
      if (!seat.worker) {
        auto worker = Worker::start(request_.binary);
        if (!worker) return worker.error();
        seat.worker.emplace(std::move(*worker));
        seat.ready = false;
        seat.fresh = true;
        seat.deadline = Clock::now() + start_timeout;
        seat.worker->send(request_.greeting);  // a failure shows as an early end
      } else if (seat.ready && !seat.busy_with) {
        seat.busy_with = waiting_.front();
        waiting_.pop_front();
        seat.deadline = Clock::now() + request_.timeout;
        seat.worker->send(work_[*seat.busy_with]);
      }
    }
    return std::nullopt;
  }

  std::optional<Error> listen() {
    std::vector<pollfd> sockets;
    std::vector<Seat*> listened;
    auto nearest = Clock::time_point::max();
    for (Seat& seat : seats_) {
      if (!seat.worker || (seat.ready && !seat.busy_with)) continue;
      sockets.push_back({seat.worker->socket(), POLLIN, 0});
      listened.push_back(&seat);
      nearest = std::min(nearest, seat.deadline);
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(nearest - Clock::now()).count();
    ::poll(sockets.data(), sockets.size(), static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000)));
    for (std::size_t i = 0; i < listened.size(); ++i) {
      Seat& seat = *listened[i];
      std::string line;
      const auto received = sockets[i].revents ? seat.worker->receive(line) : Worker::Received::more;
      if (received == Worker::Received::line) {
        if (auto error = heard(seat, std::move(line))) return error;
      } else if (received == Worker::Received::end || Clock::now() >= seat.deadline) {
        if (auto error = lost(seat, received == Worker::Received::end)) return error;
      }
    }
    return std::nullopt;
  }

  std::optional<Error> heard(Seat& seat, std::string line) {
    if (!seat.ready) {
      if (!decode_ready(line)) return failure(Errc::tool_failed, "the worker process does not answer as a gate does");
      seat.ready = true;
      return std::nullopt;
    }
    finish(seat, std::move(line));
    seat.fresh = false;
    return std::nullopt;
  }

  std::optional<Error> lost(Seat& seat, bool ended) {
    const std::string how = seat.worker->end();
    seat.worker.reset();
    if (!seat.ready) return failure(Errc::tool_failed, "the worker process ended before it was ready: " + how);
    if (!ended) {
      finish(seat,
             failure(Errc::timed_out, "not seen: no end after " + std::to_string(request_.timeout.count()) + " s"));
    } else if (!seat.fresh) {
      // What earlier work left behind may be the reason; a new worker decides, so that the number of workers does not.
      waiting_.push_front(*seat.busy_with);
      seat.busy_with.reset();
    } else {
      finish(seat, failure(Errc::tool_failed, "not seen: the worker process ended with " + how));
    }
    return std::nullopt;
  }

  void finish(Seat& seat, Result<std::string> answer) {
    answers_[*seat.busy_with] = std::move(answer);
    seat.busy_with.reset();
    ++done_;
    if (request_.progress) request_.progress(done_, work_.size());
  }

  std::size_t busy() const {
    return static_cast<std::size_t>(
        std::count_if(seats_.begin(), seats_.end(), [](const Seat& s) { return s.busy_with.has_value(); }));
  }

  const PoolRequest& request_;
  const std::vector<std::string>& work_;
  std::vector<std::optional<Result<std::string>>> answers_;
  std::deque<std::size_t> waiting_;
  std::deque<Seat> seats_;
  std::size_t done_ = 0;
};

}  // namespace

Result<std::vector<Result<std::string>>> run_in_workers(const PoolRequest& request,
                                                        const std::vector<std::string>& work) {
  return Pool(request, work).run();
}

}  // namespace gate::cpp
