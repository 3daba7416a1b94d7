#include "adapters/attest/statement.h"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/attest/place.h"

namespace gate::attest {
namespace {

constexpr std::string_view statement_v1 = "https://in-toto.io/Statement/v1";
constexpr std::string_view statement_v0_1 = "https://in-toto.io/Statement/v0.1";
constexpr std::size_t most_subjects = 10'000;

// Lengths of what counts, in hex digits; other algorithms are kept as they are.
std::size_t length_of(std::string_view algorithm) {
  if (algorithm == "sha256") return 64;
  if (algorithm == "sha384") return 96;
  return algorithm == "sha512" ? 128 : 0;
}

// A DigestSet: not empty, every value a text.
Status read_digests(const json::View& element, Subject& out) {
  const auto digest = element.member("digest");
  if (!digest) return digest.error();
  const auto members = digest->as_members();
  if (!members) return members.error();
  if (members->empty()) return digest->error(Errc::malformed, "a subject without a digest");
  for (const auto& [algorithm, view] : *members) {
    auto text = view.as_text();
    if (!text) return text.error();
    const std::size_t length = length_of(algorithm);
    if (length > 0 && (text->size() != length || !is_lower_hex(*text))) {
      return view.error(Errc::malformed, fmt::format("a {} that is not {} lower-case hex digits", algorithm, length));
    }
    if (algorithm == "gitCommit" && !is_commit_id(*text)) {
      return view.error(Errc::malformed, "not the full id of a commit");
    }
    out.digests.emplace_back(algorithm, std::move(*text));
  }
  return Done{};
}

Result<std::vector<std::string>> read_source_refs(const json::View& element) {
  const auto annotations = element.find("annotations");
  if (!annotations || !annotations->value().object()) return std::vector<std::string>{};
  const auto refs = annotations->elements_or_none("sourceRefs");
  if (!refs) return refs.error();
  std::vector<std::string> texts;
  for (const json::View& ref : *refs) {
    auto text = ref.as_text();
    if (!text) return text.error();
    texts.push_back(std::move(*text));
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

Result<std::vector<Subject>> read_subjects(const json::View& statement) {
  const auto elements = statement.elements("subject");
  if (!elements) return elements.error();
  const auto complain = [&](Errc code, std::string what) {
    return statement.member("subject")->error(code, std::move(what));
  };
  if (elements->empty()) return complain(Errc::empty, "no subject");
  if (elements->size() > most_subjects) {
    return complain(Errc::too_large, fmt::format("{} subjects; at most {}", elements->size(), most_subjects));
  }
  std::vector<Subject> subjects;
  subjects.reserve(elements->size());
  for (const json::View& element : *elements) {
    Subject subject;
    if (const auto read = read_digests(element, subject); !read) return read.error();
    auto refs = read_source_refs(element);
    if (!refs) return refs.error();
    subject.source_refs = std::move(*refs);
    subjects.push_back(std::move(subject));
  }
  return subjects;
}

}  // namespace

bool is_lower_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_commit_id(std::string_view text) { return (text.size() == 40 || text.size() == 64) && is_lower_hex(text); }

Result<std::string> name_at(const json::View& parent, std::string_view key) {
  auto text = parent.text(key);
  if (!text) return text.error();
  if (text->empty()) return parent.member(key)->error(Errc::malformed, "empty text");
  if (has_control_characters(*text)) return parent.member(key)->error(Errc::malformed, "a control character");
  return text;
}

Result<std::string> name_or_none(const json::View& parent, std::string_view key) {
  return parent.find(key) ? name_at(parent, key) : std::string();
}

Result<Statement> parse_statement(std::string_view payload) {
  const auto value = json::parse(payload, "");
  if (!value) return value.error();
  const json::View view(*value, "");
  const auto type = view.text("_type");
  if (!type) return type.error();
  if (*type != statement_v1 && *type != statement_v0_1) {
    return view.member("_type")->error(
        Errc::unsupported_version,
        fmt::format("statement of type {}; expected '{}' or '{}'", quote(*type), statement_v1, statement_v0_1));
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

}  // namespace gate::attest
