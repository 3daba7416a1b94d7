// A temporary folder in which tests call the real tools (openssl, ssh-keygen, git) as makers and as oracles.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/unit/support.h"

namespace gate::test {

class Workshop {
 public:
  struct Outcome {
    int status = -1;
    std::string out;  // both streams
  };

  Workshop() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gate-test-XXXXXX").string();
    if (!mkdtemp(pattern.data())) std::abort();
    folder_ = pattern;
  }
  ~Workshop() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;

  const std::string& folder() const { return folder_; }
  std::string path(const std::string& name) const { return folder_ + "/" + name; }

  // Runs in the folder, away from the configuration, the agents and the time zone of the machine.
  Outcome try_run(const std::string& command) const {
    const std::string line = "cd '" + folder_ +
                             "' && unset SSH_AUTH_SOCK GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE && "
                             "export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null LC_ALL=C TZ=UTC && { " +
                             command + "\n} 2>&1 </dev/null";
    int ends[2];
    Outcome outcome;
    if (pipe2(ends, O_CLOEXEC) != 0) return outcome;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    const char* arguments[] = {"sh", "-c", line.c_str(), nullptr};
    pid_t child = -1;
    const int failed = posix_spawn(&child, "/bin/sh", &actions, nullptr, const_cast<char**>(arguments), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    char buffer[4096];
    for (ssize_t size; (size = read_some(ends[0], buffer)) > 0;)
      outcome.out.append(buffer, static_cast<std::size_t>(size));
    close(ends[0]);
    int status = -1;
    if (failed == 0 && waitpid(child, &status, 0) == child && WIFEXITED(status)) outcome.status = WEXITSTATUS(status);
    return outcome;
  }

  // The output of a command that must succeed, without the last line break.
  std::string run(const std::string& command) const {
    Outcome outcome = try_run(command);
    EXPECT_EQ(outcome.status, 0) << command << "\n" << outcome.out;
    if (outcome.out.ends_with('\n')) outcome.out.pop_back();
    return outcome.out;
  }

  std::string read(const std::string& name) const { return test::read(path(name)); }

  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream file(path(name), std::ios::binary);
    file << bytes;
  }

 private:
  static ssize_t read_some(int end, char (&buffer)[4096]) {
    ssize_t size;
    do {
      size = ::read(end, buffer, sizeof buffer);
    } while (size < 0 && errno == EINTR);
    return size;
  }

  std::string folder_;
};

}  // namespace gate::test
