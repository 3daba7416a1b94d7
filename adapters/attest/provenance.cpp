#include <fmt/format.h>

#include "adapters/attest/place.h"
#include "adapters/attest/predicate.h"

namespace gate::attest {
namespace {

constexpr std::string_view slsa_provenance = "https://slsa.dev/provenance/";
constexpr std::size_t most_parameter_bytes = 1u << 20;  // of pointers and values: pointers repeat long keys

// "git+https://host/owner/repo@refs/heads/main": the repository and the ref. An '@' in the authority is a user's.
void split_source(std::string_view uri, BuildProvenance& out) {
  if (uri.starts_with("git+")) uri.remove_prefix(4);
  const auto scheme = uri.find("://");
  const auto path = uri.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  const auto at = path == std::string_view::npos ? path : uri.find('@', path);
  out.source = std::string(uri.substr(0, at));
  out.ref = at == std::string_view::npos ? std::string() : std::string(uri.substr(at + 1));
}

// The commit of a DigestSet: v1 has a name for it, older producers wrote its SHA-1. Empty: none.
Result<std::string> commit_of(const json::View& resource, bool old) {
  const auto digest = resource.find("digest");
  if (!digest) return std::string();
  for (const std::string_view key : {"gitCommit", "sha1"}) {
    if (!digest->has(key) || (key == "sha1" && !old)) continue;
    auto commit = digest->text(key);
    if (!commit) return commit.error();
    if (!is_commit_id(*commit)) return digest->member(key)->error(Errc::malformed, "not the full id of a commit");
    return commit;
  }
  return std::string();
}

// The first resource that is a git commit is the source.
Status read_source(const std::vector<json::View>& resources, bool old, BuildProvenance& out) {
  for (const json::View& resource : resources) {
    auto commit = commit_of(resource, old);
    if (!commit) return commit.error();
    if (commit->empty()) continue;
    const auto uri = name_or_none(resource, "uri");
    if (!uri) return uri.error();
    split_source(*uri, out);
    out.commit = std::move(*commit);
    break;
  }
  return Done{};
}

Status read_name(const json::View& parent, std::string_view key, std::string& out) {
  auto text = name_or_none(parent, key);
  if (!text) return text.error();
  out = std::move(*text);
  return Done{};
}

// Objects and arrays, leaf by leaf. The JSON reader has limited the depth.
class Flattener {
 public:
  explicit Flattener(TextMap& out) : out_(out) {}

  bool add(const json::Value& value, const std::string& pointer) {
    if (const json::Object* object = value.object(); object && !object->empty()) {
      for (const auto& [key, member] : object->members()) {
        if (!add(member, pointer + "/" + escaped(key))) return false;
      }
      return true;
    }
    if (const json::Array* array = value.array(); array && !array->empty()) {
      for (std::size_t i = 0; i < array->size(); ++i) {
        if (!add((*array)[i], pointer + "/" + std::to_string(i))) return false;
      }
      return true;
    }
    std::string text = value.text() ? *value.text() : json::to_string(value);
    bytes_ += pointer.size() + text.size();
    out_[pointer] = std::move(text);
    return bytes_ <= most_parameter_bytes;
  }

 private:
  static std::string escaped(std::string_view key) {  // RFC 6901, section 3
    std::string out;
    for (const char c : key) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return out;
  }

  TextMap& out_;
  std::size_t bytes_ = 0;
};

Status read_parameters(const json::View& view, const std::string& pointer, TextMap& out) {
  if (!view.value().object()) return view.as_members().error();
  if (view.value().object()->empty()) return Done{};
  if (Flattener(out).add(view.value(), pointer)) return Done{};
  return view.error(Errc::too_large, fmt::format("parameters of more than {} bytes", most_parameter_bytes));
}

// What GitHub's build types tell: https://actions.github.io/buildtypes/workflow/v1
Status read_github(const json::View& build, BuildProvenance& out) {
  if (const auto workflow = out.parameters.find("/workflow/path"); workflow != out.parameters.end())
    out.workflow = workflow->second;
  const auto internal = build.find("internalParameters");
  const auto github = internal && internal->value().object() ? internal->find("github") : std::nullopt;
  if (!github || !github->value().object()) return Done{};
  if (const auto read = read_name(*github, "event_name", out.trigger); !read) return read;
  return read_name(*github, "runner_environment", out.runner);
}

Status read_builder(const json::View& parent, BuildProvenance& out) {
  const auto builder = parent.member("builder");
  if (!builder) return builder.error();
  auto id = name_at(*builder, "id");
  if (!id) return id.error();
  out.builder = std::move(*id);
  return Done{};
}

Status read_build_type(const json::View& parent, BuildProvenance& out) {
  auto type = name_at(parent, "buildType");
  if (!type) return type.error();
  out.build_type = std::move(*type);
  return Done{};
}

Status read_v1(const json::View& predicate, BuildProvenance& out) {
  const auto build = predicate.member("buildDefinition");
  if (!build) return build.error();
  if (const auto read = read_build_type(*build, out); !read) return read;
  const auto parameters = build->member("externalParameters");
  if (!parameters) return parameters.error();
  if (const auto read = read_parameters(*parameters, "", out.parameters); !read) return read;
  const auto dependencies = build->elements_or_none("resolvedDependencies");
  if (!dependencies) return dependencies.error();
  if (const auto read = read_source(*dependencies, false, out); !read) return read;
  if (const auto read = read_github(*build, out); !read) return read;
  const auto run = predicate.member("runDetails");
  if (!run) return run.error();
  if (const auto read = read_builder(*run, out); !read) return read;
  const auto metadata = run->find("metadata");
  return metadata ? read_name(*metadata, "invocationId", out.invocation) : Status(Done{});
}

Status read_invocation(const json::View& invocation, BuildProvenance& out) {
  if (const auto config = invocation.find("configSource")) {
    if (const auto read = read_source({*config}, true, out); !read) return read;
    if (const auto read = read_name(*config, "entryPoint", out.workflow); !read) return read;
    if (!out.workflow.empty()) out.parameters["/configSource/entryPoint"] = out.workflow;
  }
  if (const auto environment = invocation.find("environment"); environment && environment->value().object()) {
    if (const auto read = read_name(*environment, "github_event_name", out.trigger); !read) return read;
  }
  const auto parameters = invocation.find("parameters");
  return parameters ? read_parameters(*parameters, "/parameters", out.parameters) : Status(Done{});
}

Status read_v0_2(const json::View& predicate, BuildProvenance& out) {
  if (const auto read = read_builder(predicate, out); !read) return read;
  if (const auto read = read_build_type(predicate, out); !read) return read;
  if (const auto invocation = predicate.find("invocation")) {
    if (const auto read = read_invocation(*invocation, out); !read) return read;
  }
  if (out.commit.empty()) {
    const auto materials = predicate.elements_or_none("materials");
    if (!materials) return materials.error();
    if (const auto read = read_source(*materials, true, out); !read) return read;
  }
  const auto metadata = predicate.find("metadata");
  return metadata ? read_name(*metadata, "buildInvocationID", out.invocation) : Status(Done{});
}

Error within_predicate(Error error) {
  error.where.at = "/predicate" + error.where.at;
  return error;
}

}  // namespace

Result<BuildProvenance> parse_provenance(const Statement& statement) {
  const bool v1 = statement.predicate_type == slsa_provenance_v1;
  if (!v1 && statement.predicate_type != slsa_provenance_v0_2) {
    if (!statement.predicate_type.starts_with(slsa_provenance)) return BuildProvenance{};
    return Error{Errc::unsupported_version,
                 fmt::format("SLSA provenance {}; expected '{}' or '{}'", quote(statement.predicate_type),
                             slsa_provenance_v1, slsa_provenance_v0_2),
                 {{}, {}, "/predicateType"}};
  }
  const json::View predicate(statement.predicate, "");
  BuildProvenance out;
  const auto read = v1 ? read_v1(predicate, out) : read_v0_2(predicate, out);
  if (!read) return within_predicate(read.error());
  return out;
}

}  // namespace gate::attest
