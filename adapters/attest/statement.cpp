#include "adapters/attest/statement.h"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/attest/place.h"

namespace gate::attest {
namespace {

constexpr std::string_view statement_v1 = "https://in-toto.io/Statement/v1";
constexpr std::string_view slsa_provenance = "https://slsa.dev/provenance/";
constexpr std::size_t most_subjects = 10'000;

bool is_lower_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// Text that names something: there, not empty, fit to be shown.
Result<std::string> name_at(const json::View& parent, std::string_view key) {
  auto text = parent.text(key);
  if (!text) return text.error();
  if (text->empty()) return parent.member(key)->error(Errc::malformed, "empty text");
  if (has_control_characters(*text)) return parent.member(key)->error(Errc::malformed, "a control character");
  return text;
}

// A DigestSet: not empty, every value a text. Returns the SHA-256, or nothing where it has other digests only.
Result<std::string> read_digest(const json::View& subject) {
  const auto digest = subject.member("digest");
  if (!digest) return digest.error();
  const auto members = digest->as_members();
  if (!members) return members.error();
  if (members->empty()) return digest->error(Errc::malformed, "a subject without a digest");
  std::string sha256;
  for (const auto& [algorithm, view] : *members) {
    auto text = view.as_text();
    if (!text) return text.error();
    if (algorithm != "sha256") continue;
    if (text->size() != 64 || !is_lower_hex(*text)) {
      return view.error(Errc::malformed, "a SHA-256 that is not 64 lower-case hex digits");
    }
    sha256 = std::move(*text);
  }
  return sha256;
}

Result<std::vector<std::string>> read_subjects(const json::View& statement) {
  const auto elements = statement.elements("subject");
  if (!elements) return elements.error();
  if (elements->empty()) return statement.member("subject")->error(Errc::empty, "no subject");
  if (elements->size() > most_subjects) {
    return statement.member("subject")->error(Errc::too_large,
                                              fmt::format("{} subjects; at most {}", elements->size(), most_subjects));
  }
  std::vector<std::string> subjects;
  subjects.reserve(elements->size());
  for (const json::View& element : *elements) {
    auto sha256 = read_digest(element);
    if (!sha256) return sha256.error();
    subjects.push_back(std::move(*sha256));
  }
  return subjects;
}

// resolvedDependencies: the first that is a git commit.
Status read_source(const json::View& build, Provenance& out) {
  const auto dependencies = build.elements_or_none("resolvedDependencies");
  if (!dependencies) return dependencies.error();
  for (const json::View& dependency : *dependencies) {
    const auto digest = dependency.find("digest");
    if (!digest || !digest->has("gitCommit")) continue;
    auto commit = digest->text("gitCommit");
    if (!commit) return commit.error();
    if ((commit->size() != 40 && commit->size() != 64) || !is_lower_hex(*commit)) {
      return digest->member("gitCommit")->error(Errc::malformed, "not the full id of a commit");
    }
    if (dependency.has("uri")) {
      auto uri = name_at(dependency, "uri");
      if (!uri) return uri.error();
      out.source = std::move(*uri);
    }
    out.commit = std::move(*commit);
    break;
  }
  return Done{};
}

Result<Provenance> read_provenance(const json::View& predicate) {
  Provenance out;
  const auto build = predicate.member("buildDefinition");
  if (!build) return build.error();
  auto type = name_at(*build, "buildType");
  if (!type) return type.error();
  const auto parameters = build->member("externalParameters");
  if (!parameters) return parameters.error();
  if (const auto members = parameters->as_members(); !members) return members.error();
  if (const auto read = read_source(*build, out); !read) return read.error();

  const auto run = predicate.member("runDetails");
  if (!run) return run.error();
  const auto builder = run->member("builder");
  if (!builder) return builder.error();
  auto id = name_at(*builder, "id");
  if (!id) return id.error();
  out.build_type = std::move(*type);
  out.builder = std::move(*id);
  return out;
}

}  // namespace

bool Statement::is_about(std::string_view sha256) const {
  return !sha256.empty() && std::find(subjects.begin(), subjects.end(), sha256) != subjects.end();
}

Result<Statement> parse_statement(std::string_view payload) {
  const auto value = json::parse(payload, "");
  if (!value) return value.error();
  const json::View view(*value, "");
  const auto type = view.text("_type");
  if (!type) return type.error();
  if (*type != statement_v1) {
    return view.member("_type")->error(Errc::unsupported_version,
                                       fmt::format("statement of type {}; expected '{}'", quote(*type), statement_v1));
  }
  Statement statement;
  auto subjects = read_subjects(view);
  if (!subjects) return subjects.error();
  auto predicate_type = name_at(view, "predicateType");
  if (!predicate_type) return predicate_type.error();
  statement.subjects = std::move(*subjects);
  statement.predicate_type = std::move(*predicate_type);
  if (const auto predicate = view.find("predicate")) statement.predicate = predicate->value();
  return statement;
}

Result<Provenance> parse_provenance(const Statement& statement) {
  if (statement.predicate_type != slsa_provenance_v1) {
    if (!statement.predicate_type.starts_with(slsa_provenance)) return Provenance{};
    return Error{Errc::unsupported_version,
                 fmt::format("SLSA provenance {}; expected '{}'", quote(statement.predicate_type), slsa_provenance_v1),
                 {{}, {}, "/predicateType"}};
  }
  auto provenance = read_provenance(json::View(statement.predicate, ""));
  if (provenance) return provenance;
  Error error = provenance.error();
  error.where.at = "/predicate" + error.where.at;
  return error;
}

}  // namespace gate::attest
