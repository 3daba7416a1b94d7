#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <future>
#include <set>

#include "adapters/ci/ci.h"
#include "adapters/cpp/cpp.h"
#include "gate/app/app.h"
#include "gate/app/catalogue.h"
#include "gate/app/changed_only.h"
#include "gate/app/gather.h"
#include "gate/app/load_policy.h"
#include "gate/app/overrides.h"
#include "gate/app/progress.h"
#include "gate/app/shard.h"
#include "gate/app/source_files.h"
#include "gate/crypto/digest.h"
#include "gate/evidence/baseline.h"
#include "gate/host/host.h"
#include "rules/rules.h"

namespace gate::app {
namespace {

constexpr int bad_usage = 2;
constexpr int undecided = 3;

int stop(int status, const Error& error) {
  std::fprintf(stderr, "gate: %s\n", describe(error).c_str());
  return status;
}

struct Output {
  const evidence::Writer* writer;
  std::string path;  // absolute, or "-"
};

Result<std::vector<Output>> parse_outputs(const std::vector<std::string>& options, const Project& project) {
  std::vector<Output> outputs;
  std::set<std::string> paths;
  for (const std::string& option : options) {
    const std::size_t colon = option.find(':');
    const std::string format = option.substr(0, colon);
    const auto& writers = evidence::writers();
    const auto writer = std::find_if(writers.begin(), writers.end(), [&](const auto& w) { return w.name == format; });
    if (writer == writers.end()) {
      std::vector<std::string_view> names;
      for (const auto& known : writers) names.push_back(known.name);
      return Error{
          Errc::malformed, fmt::format("no output format '{}'; there are {}", format, fmt::join(names, ", ")), {}};
    }
    std::string path = colon == std::string::npos ? std::string(writer->file_name) : option.substr(colon + 1);
    if (path.empty()) return Error{Errc::malformed, fmt::format("--output {}: no path", option), {}};
    if (path != "-") path = project.from_command_line(path);
    if (!paths.insert(path).second) return Error{Errc::malformed, "two outputs go to " + path, {}};
    outputs.push_back({&*writer, std::move(path)});
  }
  return outputs;
}

// Which commits are judged, and by whose policy.
struct Scope {
  git::Range range;
  std::string head;  // full id; empty outside a repository
  std::string base;  // what the change starts from, a full id; empty where no base is known
  std::string text;  // for the reports
  std::vector<std::string> loosenings;
  Programs programs = Programs::forbidden;
};

Result<ci::Event> detect_event(const RunOptions& options) {
  if (!options.base.empty() || !options.head.empty() || !options.not_remote.empty()) {
    ci::Event event;  // the caller knows better than the environment
    event.name = "local";
    event.head = options.head.empty() ? "HEAD" : options.head;
    if (!options.base.empty()) event.base = options.base;
    event.change_from_outside = event.base.has_value();
    return event;
  }
  return ci::detect(host::environment, [](const std::string& path) -> Result<std::string> {
    auto document = host::read_file(path, 16u << 20);
    if (!document) return document.error();
    return std::move(document->bytes);
  });
}

// A commit that the event names and a shallow clone may lack.
Result<std::string> resolve_fetched(const git::Repository& repository, const std::string& revision,
                                    std::string_view role) {
  auto id = repository.resolve(revision);
  if (id) return id;
  Error error = id.error();
  error.what =
      fmt::format("{} {} is not in this clone: fetch the whole history (GitHub: fetch-depth: 0; GitLab: GIT_DEPTH: 0)",
                  role, revision);
  return error;
}

// Before the policy is known: where it has to be read.
Result<Scope> choose_scope(const RunOptions& options, const ci::Event& event, Project& project) {
  Scope scope;
  // On a developer's own machine, the policy is the developer's. Elsewhere it has to come from the base.
  if (event.service == ci::Service::none && !event.change_from_outside && options.not_remote.empty())
    scope.programs = Programs::allowed;
  const git::Repository* repository = project.repository();
  if (!repository) {
    if (event.base) return Error{Errc::not_found, "--base needs a git repository", {}};
    return scope;
  }
  auto head = repository->resolve(event.head.empty() ? "HEAD" : event.head);
  if (!head) {
    if (!event.base && event.service == ci::Service::none && options.head.empty()) return scope;  // no commit yet
    return head.error();
  }
  scope.head = *head;
  auto tip = event.tip ? resolve_fetched(*repository, *event.tip, "the change's last commit") : head;
  if (!tip) return tip.error();
  scope.range.head = *tip;
  std::optional<std::string> base;
  if (event.base) {
    auto resolved = resolve_fetched(*repository, *event.base, "the base commit");
    if (!resolved) return resolved.error();
    base = *resolved;
    scope.range.excluded.push_back(*base);
  }
  if (!options.not_remote.empty()) {
    for (auto& known : repository->remote_tips(options.not_remote == "*" ? "" : options.not_remote)) {
      scope.range.excluded.push_back(std::move(known));
    }
  }
  scope.text = base ? *base + ".." + scope.range.head : scope.range.head;
  if (base) {
    const auto common = repository->merge_base(*base, scope.range.head);
    scope.base = common ? *common : *base;
  }

  if (options.policy_from == "worktree") {
    if (event.change_from_outside)
      scope.loosenings.push_back("--policy-from worktree: the change brought its own policy");
  } else if (base) {
    project.read_policy_from(*base);
    scope.programs = Programs::allowed;
  } else if (options.policy_from == "base") {
    return Error{Errc::not_found, "--policy-from base: this run has no base; name one with --base", {}};
  } else if (event.service != ci::Service::none || !options.not_remote.empty()) {
    scope.loosenings.push_back("no base commit is known for this event: the policy was read from the change itself");
  }
  return scope;
}

// A range that the policy spells out overrides the event's.
Status apply_range(const Policy& policy, const Project& project, Scope& scope) {
  if (!policy.inputs.git_range || *policy.inputs.git_range == "auto" || !project.repository()) return Done{};
  const std::string& text = *policy.inputs.git_range;
  const std::size_t dots = text.find("..");
  auto from = project.repository()->resolve(text.substr(0, dots));
  if (!from) return from.error();
  auto to = project.repository()->resolve(text.substr(dots + 2));
  if (!to) return to.error();
  scope.range = {*to, {*from}};
  scope.text = *from + ".." + *to;
  return Done{};
}

// The compile database and the binaries tell of the working tree. Where another commit is judged, they say nothing
// about it.
void forget_other_tree(const Project& project, const std::string& head, Policy& policy, Gathered& gathered) {
  if (!project.repository() || head.empty()) return;
  const auto checked_out = project.repository()->resolve("HEAD");
  if (checked_out && *checked_out == head) return;
  const auto forget = [&](const std::vector<FactKind>& kinds, const std::string& input) {
    gathered.batches.push_back(
        nothing_seen(kinds, {Errc::wrong_subject,
                             fmt::format("the working tree does not hold the judged commit {}", head.substr(0, 12)),
                             {input, {}, {}}}));
  };
  if (policy.inputs.compile_commands)
    forget({FactKind::translation_unit, FactKind::source_use}, *policy.inputs.compile_commands);
  policy.inputs.compile_commands.reset();
  for (const BinaryInput& input : policy.inputs.binaries)
    forget({FactKind::binary, FactKind::imported_symbol}, input.path);
  policy.inputs.binaries.clear();
}

std::string policy_digest(const Policy& policy, const std::vector<std::string>& overrides) {
  std::string text;
  for (const PolicySource& source : policy.sources) text += source.sha256 + "  " + source.name + "\n";
  for (const std::string& line : overrides) text += line + "\n";
  return crypto::sha256_hex(text);
}

// GitHub's runner obeys commands in a log, and the text tells of names that strangers chose. The word that ends the
// pause cannot stand in the text that it is the digest of.
std::string without_commands(const std::string& text) {
  const std::string token = crypto::sha256_hex(text);
  return fmt::format("::stop-commands::{}\n{}::{}::\n", token, text, token);
}

// What is for people names no binary.
bool is_evidence(const Output& output) { return output.writer->name == "statement" || output.writer->name == "sarif"; }

// The verdict stands; a report that cannot be written turns a pass into "undecided" and heals nothing.
bool write_outputs(evidence::Report& report, const std::vector<Output>& outputs, const Common& common) {
  bool written = true, text_shown = false;
  for (const Output& output : outputs) {
    if (output.path == "-") {
      const std::string text = output.writer->write(report);
      const bool in_log = output.writer->name == "text" && host::environment("GITHUB_ACTIONS");
      std::fputs((in_log ? without_commands(text) : text).c_str(), stdout);
      text_shown = true;
      continue;
    }
    if (const Status status = host::write_file(output.path, output.writer->write(report)); !status) {
      std::fprintf(stderr, "gate: %s\n", describe(status.error()).c_str());
      written = false;
    }
  }
  if (text_shown) return written;
  const auto terminal = host::terminal();
  report.width = terminal.width;
  report.colour = common.colour == Colour::always ||
                  (common.colour == Colour::automatic && !host::environment("NO_COLOR") &&
                   (terminal.out_is_terminal || host::environment("GITHUB_ACTIONS") || host::environment("GITLAB_CI")));
  std::string text = evidence::writers().front().write(report);
  if (common.quiet) text.resize(text.find('\n') + 1);
  for (const Output& output : outputs) {
    if (!common.quiet) text += fmt::format("{:<10} {}\n", output.writer->name, output.path);
  }
  std::fputs((host::environment("GITHUB_ACTIONS") ? without_commands(text) : text).c_str(), stdout);
  return written;
}

// What is known may stand. The file loosens, so that with a base it is the base's, as the policy is.
Status take_baseline(const RunOptions& options, const Project& project, evidence::Report& report) {
  if (options.baseline.empty()) return Done{};
  const std::string path = project.from_command_line(options.baseline);
  const auto document = project.read_trusted(path);
  if (!document) return document.error();
  const auto baseline = evidence::read_baseline(*document, report.policy.name);
  if (!baseline) return baseline.error();
  evidence::apply_baseline(*baseline, path, report.verdict);
  const auto place = std::ranges::find_if(report.inputs, [](const auto& input) { return input.role > "baseline"; });
  report.inputs.insert(place, {"baseline", "", path, document->origin.sha256, document->bytes.size(), {}});
  std::size_t known = 0;
  for (const WaiverVerdict& waiver : report.verdict.waivers) known += waiver.of_baseline ? waiver.used : 0;
  report.loosenings.push_back(fmt::format("baseline {}: {} findings were known before", path, known));
  return Done{};
}

// What a comment in the code let pass is looser than the policy says by itself.
std::vector<std::string> allowed_in_code(const Verdict& verdict) {
  std::vector<std::string> lines;
  for (const auto& [waiver, state, used, why, of_baseline] : verdict.waivers) {
    if (waiver.lines && state == WaiverState::used)
      lines.push_back(fmt::format("allowed in the code: {} at {} until {}: {} ({} {})", waiver.rule,
                                  describe(waiver.at), format(waiver.expires), waiver.reason, used,
                                  used == 1 ? "finding" : "findings"));
  }
  return lines;
}

void annotate(const Verdict& verdict) {
  std::vector<ci::Annotation> annotations;
  for (const RuleVerdict& rule : verdict.rules) {
    for (const JudgedFinding& judged : rule.against) {
      if (judged.waiver) continue;
      const Finding& finding = judged.finding;
      annotations.push_back(
          {rule.blocks, finding.at.file, finding.at.line, finding.at.column, rule.id, finding.message});
    }
    if (rule.undecided)
      annotations.push_back(
          {rule.blocks, "", 0, 0, rule.id, fmt::format("not checked: {}", fmt::join(rule.unseen, "; "))});
  }
  for (const auto& [waiver, state, used, why, of_baseline] : verdict.waivers) {
    if (state == WaiverState::used) continue;
    annotations.push_back({false, waiver.at.file, waiver.at.line, waiver.at.column, waiver.rule,
                           fmt::format("waiver {}{}{}", name(state), why.empty() ? "" : ": ", why)});
  }
  std::fputs(ci::github_annotations(annotations).c_str(), stdout);
}

// What a shard saw may convict. It never lets anything pass, whatever its own units and the policy are.
int conclude_shard(const Sharing& sharing, const std::string& file, evidence::Report& report,
                   const std::vector<Output>& outputs, const Common& common) {
  if (!common.quiet) std::printf("%s: no verdict before `gate merge`\n", cpp::describe(*sharing.shard).c_str());
  const bool written = write_outputs(report, outputs, common);
  if (host::environment("GITHUB_ACTIONS")) annotate(report.verdict);
  if (!file.empty()) {
    const Status status = host::write_file(sharing.output, file);
    if (!status) return stop(undecided, status.error());
    if (!common.quiet) std::printf("%-10s %s\n", "shard", sharing.output.c_str());
  }
  const int status = exit_status(report.verdict.decision);
  return written && status != 0 ? status : undecided;
}

// Rules that see nothing but tags, and maybe the commits that those lead to.
bool is_about_tags(const RuleConfig& config) {
  const auto rule = std::ranges::find(rules::all(), config.id, &Rule::id);
  if (rule == rules::all().end()) return true;  // the engine says that there is none
  const auto sees = [&](FactKind kind) { return std::ranges::find(rule->needs, kind) != rule->needs.end(); };
  return config.level != Level::off && sees(FactKind::tag) && rule->needs.size() == (sees(FactKind::commit) ? 2 : 1);
}

// One run, from the command line to the exit status. A step returns the status where the run ends in it.
class Run {
 public:
  Run(const RunOptions& options, const Common& common, Project project, Instant now)
      : options_(options), common_(common), project_(std::move(project)), now_(now) {}

  int run() {
    for (const auto step : {&Run::read_command_line, &Run::choose_policy, &Run::gather_all}) {
      if (const auto ended = (this->*step)()) return *ended;
    }
    auto report = judge();
    return report ? conclude(*report) : stop(undecided, report.error());
  }

 private:
  using Ended = std::optional<int>;

  Ended read_command_line() {
    auto sharing = read_sharing(options_, project_);
    if (!sharing) return stop(bad_usage, sharing.error());
    sharing_ = std::move(*sharing);
    auto outputs = parse_outputs(sharing_.outputs, project_);
    if (!outputs) return stop(bad_usage, outputs.error());
    outputs_ = std::move(*outputs);
    if (options_.changed_only && sharing_.in_use())
      return stop(bad_usage, {Errc::malformed, "--changed-only and shards do not go together", {}});
    // The evidence names this binary by its digest: tens of milliseconds that pass while the inputs are read.
    names_itself_ = sharing_.in_use() || std::ranges::any_of(outputs_, is_evidence);
    const auto hash_itself = [path = host::own_path()] { return host::hash_file(path); };
    own_digest_ = std::async(names_itself_ ? std::launch::async : std::launch::deferred, hash_itself).share();
    return std::nullopt;
  }

  Ended choose_policy() {
    auto event = detect_event(options_);
    if (!event) return stop(undecided, event.error());
    event_ = std::move(*event);
    auto scope = choose_scope(options_, event_, project_);
    if (!scope) return stop(undecided, scope.error());
    scope_ = std::move(*scope);
    const std::string name = resolve_policy_name(project_, options_.policy);
    if (options_.policy.empty() && name != usual_policy && host::exists(usual_policy)) {
      scope_.loosenings.push_back(std::string(usual_policy) +
                                  " is not in the base commit: the embedded default policy judged");
    }
    auto policy = load_policy(project_, name, now_);
    if (!policy) return bad_usage;
    policy_ = std::move(*policy);
    if (options_.tags_alone && !keep_tags_alone()) return nothing_new(options_.heading);
    auto overrides = apply_overrides(options_, project_, policy_);
    if (!overrides) return stop(bad_usage, overrides.error());
    overrides_ = std::move(*overrides);
    if (const Status range = apply_range(policy_, project_, scope_); !range) return stop(undecided, range.error());
    policy_sha256_ = policy_digest(policy_, overrides_);
    return std::nullopt;
  }

  // False where no rule is left.
  bool keep_tags_alone() {
    std::erase_if(policy_.rules, [](const RuleConfig& config) { return !is_about_tags(config); });
    policy_.inputs = {.git_range = std::move(policy_.inputs.git_range)};
    return !policy_.rules.empty();
  }

  Ended gather_all() {
    if (sharing_.in_use() && !own_digest_.get()) return stop(undecided, own_digest_.get().error());
    forget_other_tree(project_, scope_.head, policy_, gathered_);
    auto sources = source_options();
    if (!sources) return stop(undecided, sources.error());
    ProgressLine progress("reading C and C++ sources", host::terminal().err_is_terminal, common_.quiet);
    const ReadSources read = [&](const std::string& path, std::vector<model::Ban> bans, auto& records) {
      return read_sources(*sources, std::ref(progress), path, std::move(bans), records);
    };
    Gathered inputs = sharing_.shard
                          ? gather_sources(policy_, read)
                          : gather(project_, policy_, scope_.range, scope_.programs, now_, sources->jobs, read);
    std::ranges::move(inputs.batches, std::back_inserter(gathered_.batches));
    gathered_.inputs = std::move(inputs.inputs);
    gathered_.subjects = std::move(inputs.subjects);
    if (sharing_.in_use() && !sources_read_)
      return stop(undecided, {Errc::empty, "no sources are judged here: there is nothing to share or to merge", {}});
    if (common_.verbose) tell_inputs();
    return std::nullopt;
  }

  Result<SourceOptions> source_options() {
    SourceOptions sources = options_.sources;
    sources.tell_effort = common_.verbose;
    sources.files = [this](const std::set<std::string>& files) { files_read_ = files; };
    if (event_.is_change_request() && !sources.cache.empty() && sources.cache_key.empty()) {
      std::fputs(
          "gate: the cache is not used: the build of this change could have written it, and there is no "
          "--cache-key that it could not know\n",
          stderr);
      sources.cache.clear();
    }
    if (!options_.changed_only) return sources;
    auto changed = changes_since(project_, scope_.base);
    if (!changed) return changed.error();
    sources.changes = std::move(changed->changes);
    if (!sources.changes)
      std::fprintf(stderr, "gate: --changed-only: %s: every unit is judged\n", changed->why_all.c_str());
    sources.effort = [this](const cpp::Effort& effort) {
      if (effort.left_out > 0) scope_.loosenings.push_back(changed_only_line(effort, scope_.base));
    };
    return sources;
  }

  FactBatch read_sources(const SourceOptions& sources, const Progress& progress, const std::string& path,
                         std::vector<model::Ban> bans, std::vector<evidence::InputRecord>& records) {
    sources_read_ = true;
    if (!sharing_.in_use()) return gather_source_uses(project_, path, std::move(bans), sources, progress, records);
    const cpp::Terms terms{
        own_digest_.get()->sha256, cpp::clang_version(), policy_sha256_, scope_.head, scope_.text, path};
    if (!sharing_.shard) return gather_from_shards(sharing_, terms, unclean_, files_read_, records);
    return gather_shard(project_, std::move(bans), sources, progress, sharing_, terms, shard_file_, records);
  }

  void tell_inputs() const {
    for (const auto& input : gathered_.inputs) {
      std::fprintf(stderr, "gate: read %s %s%s%s\n", input.role.c_str(), input.path.c_str(),
                   input.sha256.empty() ? "" : " sha256:", input.sha256.c_str());
    }
  }

  Result<evidence::Report> judge() {
    evidence::Report report;
    facts_ = seal(std::move(gathered_.batches), now_);
    report.verdict = decide(policy_, facts_, rules::all(), now_);
    report.policy_sha256 = policy_sha256_;
    for (const RuleVerdict& rule : report.verdict.rules) report.specs.push_back(*spec(rule.id));
    report.policy = std::move(policy_);
    report.inputs = std::move(gathered_.inputs);
    report.frameworks = frameworks();
    report.subjects = std::move(gathered_.subjects);
    if (!scope_.head.empty()) report.subjects.insert(report.subjects.begin(), {"HEAD", "gitCommit", scope_.head});
    report.loosenings = std::move(scope_.loosenings);
    std::ranges::copy(overrides_, std::back_inserter(report.loosenings));
    if (const Status taken = take_baseline(options_, project_, report); !taken) return taken.error();
    for (std::string& line : allowed_in_code(report.verdict)) report.loosenings.push_back(std::move(line));
    if (unclean_ || (project_.repository() && project_.repository()->is_dirty()))
      report.loosenings.push_back("the working tree has changes that are in no commit");
    if (sources_read_ && !files_read_.empty()) report.unread_sources = unread_source_files(project_, files_read_);
    report.range = scope_.text;
    report.tool.version = gate_version();
    report.tool.clang = cpp::clang_version();
    if (names_itself_) {
      const auto own = own_digest_.get();
      if (!own) return own.error();
      report.tool.sha256 = own->sha256;
    }
    report.time = now_;
    report.language = common_.language;
    return report;
  }

  int conclude(evidence::Report& report) const {
    if (!options_.heading.empty() && !common_.quiet) std::printf("%s\n", options_.heading.c_str());
    if (sharing_.shard) return conclude_shard(sharing_, shard_file_, report, outputs_, common_);
    const bool written = write_outputs(report, outputs_, common_);
    if (host::environment("GITHUB_ACTIONS")) annotate(report.verdict);
    const int decided = exit_status(report.verdict.decision);
    const int status = written || decided != 0 ? decided : undecided;
    if (options_.ends_process) host::leave(status);
    return status;
  }

  const RunOptions& options_;
  const Common& common_;
  Project project_;
  Instant now_;
  Sharing sharing_;
  std::vector<Output> outputs_;
  ci::Event event_;
  Scope scope_;
  Policy policy_;
  std::vector<std::string> overrides_;
  std::string policy_sha256_;
  bool names_itself_ = false;
  std::shared_future<Result<host::FileDigest>> own_digest_;
  Gathered gathered_;
  FactSet facts_;
  std::string shard_file_;
  std::set<std::string> files_read_;  // C and C++
  bool sources_read_ = false, unclean_ = false;
};

}  // namespace

int nothing_new(const std::string& heading) {
  std::printf("%s: nothing to judge: no commit that the remote does not have\n", heading.c_str());
  return 0;
}

int run(const RunOptions& options, const Common& common) {
  const auto now = host::now();
  if (!now) return stop(bad_usage, now.error());
  auto project = Project::open();
  if (!project) return stop(undecided, project.error());
  return Run(options, common, std::move(*project), *now).run();
}

}  // namespace gate::app
