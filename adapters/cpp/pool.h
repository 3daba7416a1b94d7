// Worker processes, and one line of work at a time for each. Hostile work may crash a worker or keep it forever; that
// costs this one piece of work.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "gate/core/result.h"

namespace gate::cpp {

struct PoolRequest {
  std::string binary;  // started with the one argument worker_command
  int workers = 1;
  std::chrono::seconds timeout{120};
  std::string greeting;  // the first line for every worker; it answers that it is ready
  std::function<void(std::size_t done, std::size_t total)> progress;
};

// The answer line to each line of work, in the same order; or tool_failed (with the signal) or timed_out. An error as a
// whole: no worker can be started.
Result<std::vector<Result<std::string>>> run_in_workers(const PoolRequest& request,
                                                        const std::vector<std::string>& work);

}  // namespace gate::cpp
