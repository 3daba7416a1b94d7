#include <fmt/format.h>

#include <cstdio>

#include "adapters/ci/ci.h"
#include "gate/app/app.h"
#include "gate/app/project.h"
#include "gate/host/host.h"

namespace gate::app {
namespace {

constexpr int bad_usage = 2;
constexpr int undecided = 3;
constexpr std::size_t input_cap = 1u << 20;

int stop(int status, const std::string& what) {
  std::fprintf(stderr, "gate: %s\n", what.c_str());
  return status;
}

Result<std::string> hook_path() {
  auto project = Project::open();
  if (!project) return project.error();
  if (!project->repository()) return Error{Errc::not_found, "this is no git repository", {}};
  return project->repository()->hooks_folder() + "/pre-push";
}

// What the remote has: the range to leave out, and the commit whose policy holds.
RunOptions options_for(const ci::PushedRef& ref, const std::string& remote, const git::Repository& repository,
                       RunOptions options) {
  options.head = ref.local_oid;
  options.heading = fmt::format("{} -> {}", ref.local_ref, ref.remote_ref);
  if (!ref.is_new() && repository.resolve(ref.remote_oid)) {
    options.base = ref.remote_oid;
    return options;
  }
  const bool named = !repository.remote_tips(remote).empty();
  options.not_remote = named ? remote : "*";
  if (auto head = repository.resolve("refs/remotes/" + remote + "/HEAD"); head) {
    options.base = *head;
  } else {
    // The policy of a commit that the remote has already is not the change's own.
    for (const std::string& tip : repository.remote_tips(named ? remote : "")) {
      if (auto shared = repository.merge_base(ref.local_oid, tip); shared) {
        options.base = *shared;
        break;
      }
    }
  }
  return options;
}

// A new branch at a pushed commit, a branch set back: nothing reaches the remote that it does not have.
Result<bool> brings_commits(const RunOptions& options, const git::Repository& repository) {
  git::Range range{options.head, {}};
  if (!options.base.empty()) range.excluded.push_back(options.base);
  if (!options.not_remote.empty()) {
    for (auto& tip : repository.remote_tips(options.not_remote == "*" ? "" : options.not_remote)) {
      range.excluded.push_back(std::move(tip));
    }
  }
  return repository.adds_commits(range);
}

}  // namespace

int hook_install(bool force) {
  const auto path = hook_path();
  if (!path) return stop(undecided, describe(path.error()));
  if (host::exists(*path)) {
    const auto present = host::read_file(*path, input_cap);
    if (!present) return stop(undecided, describe(present.error()));
    if (!ci::is_our_hook(present->bytes)) {
      if (!force) {
        return stop(bad_usage,
                    fmt::format("{} is another hook; it was left alone. Call `gate hook run \"$@\"` from it with the "
                                "same standard input, or replace it with --force",
                                *path));
      }
      if (Status kept = host::write_file(*path + ".before-gate", present->bytes, true); !kept) {
        return stop(undecided, describe(kept.error()));
      }
      std::printf("kept the old hook as %s.before-gate\n", path->c_str());
    }
  }
  if (Status written = host::write_file(*path, ci::hook_script(host::own_path()), true); !written) {
    return stop(undecided, describe(written.error()));
  }
  std::printf("installed %s\n", path->c_str());
  return 0;
}

int hook_uninstall() {
  const auto path = hook_path();
  if (!path) return stop(undecided, describe(path.error()));
  if (!host::exists(*path)) {
    std::printf("no hook at %s\n", path->c_str());
    return 0;
  }
  const auto present = host::read_file(*path, input_cap);
  if (!present) return stop(undecided, describe(present.error()));
  if (!ci::is_our_hook(present->bytes))
    return stop(bad_usage, fmt::format("{} is not gate's hook; it was left alone", *path));
  if (std::remove(path->c_str()) != 0) return stop(undecided, fmt::format("{} could not be removed", *path));
  std::printf("removed %s\n", path->c_str());
  return 0;
}

int hook_run(const std::string& remote, const std::string&, const RunOptions& options, const Common& common) {
  std::string input;
  char buffer[4096];
  while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, stdin)) {
    input.append(buffer, got);
    if (input.size() > input_cap) return stop(undecided, "the list of pushed refs is over 1 MiB");
  }
  const auto refs = ci::parse_pre_push(input);
  if (!refs) return stop(undecided, describe(refs.error()));
  auto project = Project::open();
  if (!project) return stop(undecided, describe(project.error()));
  if (!project->repository()) return stop(undecided, "this is no git repository");

  RunOptions cached = options;
  if (cached.sources.cache.empty()) cached.sources.cache = project->repository()->own_folder() + "/gate-cache";
  int worst = 0;
  std::size_t pushed = 0;
  for (const ci::PushedRef& ref : *refs) {
    if (ref.is_delete()) continue;
    ++pushed;
    RunOptions judged_options = options_for(ref, remote, *project->repository(), cached);
    const auto brings = brings_commits(judged_options, *project->repository());
    if (!brings) return stop(undecided, describe(brings.error()));
    // A tag says something about a commit that the remote has as well.
    judged_options.tags_alone = !*brings && ref.remote_ref.starts_with("refs/tags/");
    if (!*brings && !judged_options.tags_alone) {
      nothing_new(judged_options.heading);
      continue;
    }
    const int status = run(judged_options, common);
    // A failure is the clearest reason to stop, then bad usage, then undecided.
    const auto rank = [](int s) { return s == 1 ? 3 : s == 2 ? 2 : s == 0 ? 0 : 1; };
    if (rank(status) > rank(worst)) worst = status;
  }
  if (pushed == 0) std::printf("gate: nothing to judge in this push\n");
  return worst;
}

}  // namespace gate::app
