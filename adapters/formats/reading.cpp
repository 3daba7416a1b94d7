#include "adapters/formats/reading.h"

#include <fmt/format.h>

#include <algorithm>

#include "gate/core/time.h"
#include "gate/model/purl.h"
#include "gate/model/severity.h"

namespace gate::formats {
namespace {

constexpr std::size_t max_records = 1'000'000;
constexpr std::size_t max_bytes = 128u << 20;
constexpr std::size_t max_problems = 1'000;  // listed one by one; the rest is counted

}  // namespace

namespace {

Result<json::Value> parse_any(const Document& document, const json::Stream& stream) {
  const auto first = document.bytes.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return Error{Errc::empty, "the report is empty", document.origin};
  if (document.bytes[first] == '<') {
    return Error{Errc::malformed, "this is XML or HTML; gate reads this format as JSON", document.origin};
  }
  json::Limits limits;
  limits.bytes = document.bytes.size();  // whoever opened it had a cap of the policy's
  return json::parse(document.bytes, document.origin.artifact, limits, stream);
}

Result<json::Value> only_object(Result<json::Value> value, const Document& document) {
  if (value && !value->object()) {
    return Error{Errc::malformed, fmt::format("expected an object, found {}", value->type()), document.origin};
  }
  return value;
}

}  // namespace

Result<json::Value> parse_json(const Document& document) { return parse_any(document, {}); }
Result<json::Value> parse_object(const Document& document) { return only_object(parse_json(document), document); }

Result<json::Value> parse_json(Document& document, json::Stream stream) {
  if (document.give_back) {
    stream.spent = [&document, given = std::size_t{0}](std::size_t offset) mutable {
      document.give_back(document.bytes.data() + given, offset - given);
      given = offset;
    };
  }
  return parse_any(document, stream);
}

Result<json::Value> parse_object(Document& document, json::Stream stream) {
  return only_object(parse_json(document, std::move(stream)), document);
}

namespace {

// The end of the object that begins at `at`, by its braces alone: whether it is one is the reader's to say.
std::size_t end_of_object(std::string_view bytes, std::size_t at) {
  std::size_t depth = 0;
  bool in_string = false;
  for (; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (in_string && c == '\\') {
      ++at;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && c == '{') {
      ++depth;
    } else if (!in_string && c == '}' && --depth == 0) {
      return at + 1;
    }
  }
  return bytes.size();
}

// Takes a text apart by `end_of`, which says where the value that begins at a place ends.
template <class EndOf>
Result<json::Array> parse_parts(const Document& document, EndOf end_of) {
  const std::string_view bytes = document.bytes;
  json::Array objects;
  json::Limits limits;
  limits.bytes = bytes.size();
  constexpr std::string_view blanks = " \t\r\n";
  for (std::size_t at = bytes.find_first_not_of(blanks); at != std::string_view::npos;) {
    const std::size_t end = end_of(bytes, at);
    auto object = json::parse(bytes.substr(at, end - at), document.origin.artifact, limits);
    if (object && !object->object()) object = Error{Errc::malformed, "expected an object", document.origin};
    if (!object) {
      Error error = object.error();
      error.what = fmt::format("object {}: {}", objects.size() + 1, error.what);
      return error;
    }
    objects.push_back(std::move(*object));
    if (objects.size() > max_records) return Error{Errc::too_large, "too many objects", document.origin};
    at = bytes.find_first_not_of(blanks, end);
  }
  if (objects.empty()) return Error{Errc::empty, "the report is empty", document.origin};
  return objects;
}

}  // namespace

Result<json::Array> parse_lines(const Document& document) {
  return parse_parts(
      document, [](std::string_view bytes, std::size_t at) { return std::min(bytes.find('\n', at), bytes.size()); });
}

Result<json::Array> parse_stream(const Document& document) { return parse_parts(document, end_of_object); }

std::string quoted(std::string_view text) {
  constexpr std::size_t most = 80;
  std::string out = "'";
  std::size_t end = std::min(text.size(), most);
  if (end < text.size()) {
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not inside a UTF-8 sequence
  }
  for (const char c : text.substr(0, end)) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
  if (end < text.size()) out += "...";
  return out + "'";
}

std::string label(const std::string& purl, const std::string& name, const std::string& version) {
  if (!purl.empty()) return model::canonical_or_same(purl);
  return version.empty() ? name : name + '@' + version;
}

std::vector<std::string> sorted_unique(std::vector<std::string> texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return texts;
}

void Reading::note(Error error) {
  for (const FactKind kind : spoken_) lowered_[kind] = Coverage::partial;
  if (problems_.size() >= max_problems) {
    ++unlisted_problems_;
    return;
  }
  error.where.sha256 = document_.origin.sha256;
  if (place_ && (error.where.at.empty() || error.where.at.starts_with('/'))) error.where.at = place_(error.where.at);
  problems_.push_back(std::move(error));
}

void Reading::note_for(FactKind kind, Errc code, const json::View& at, std::string what) {
  const auto others = lowered_;
  note(at.error(code, std::move(what)));
  lowered_ = others;
  lowered_[kind] = Coverage::partial;
}

std::string Reading::text(const json::View& object, std::string_view key) {
  auto found = object.text(key);
  if (found && found->empty()) note(Errc::malformed, object, fmt::format("'{}' is empty", key));
  return taken(std::move(found));
}

std::vector<json::View> Reading::list(const json::View& object, std::string_view key) {
  return taken(object.elements(key));
}

std::optional<json::View> Reading::as_object(std::optional<json::View> member) {
  if (member && !member->value().object()) {
    note(Errc::malformed, *member, fmt::format("expected an object, found {}", member->value().type()));
    return std::nullopt;
  }
  return member;
}

std::optional<json::View> Reading::object(const json::View& parent, std::string_view key) {
  auto member = parent.member(key);
  if (member) return as_object(std::move(*member));
  note(member.error());
  return std::nullopt;
}

std::string Reading::optional_text(const json::View& object, std::string_view key) {
  return taken(object.text_or(key, ""));
}

std::vector<json::View> Reading::optional_list(const json::View& object, std::string_view key) {
  return object.has(key) ? list(object, key) : std::vector<json::View>{};
}

std::vector<json::View> Reading::list_or_none(const json::View& object, std::string_view key) {
  return taken(object.elements_or_none(key));
}

std::optional<json::View> Reading::optional_object(const json::View& parent, std::string_view key) {
  return as_object(parent.find(key));
}

std::vector<std::string> Reading::texts_or_none(const json::View& object, std::string_view key) {
  const json::Value* list = object.value().find(key);
  const json::Array* elements = list ? list->array() : nullptr;
  const auto is_text = [](const json::Value& element) { return element.text() != nullptr; };
  std::vector<std::string> texts;
  if (elements && std::ranges::all_of(*elements, is_text)) {
    texts.reserve(elements->size());
    for (const json::Value& element : *elements) texts.push_back(*element.text());
  } else {
    for (const json::View& element : list_or_none(object, key)) texts.push_back(taken(element.as_text()));
  }
  std::erase(texts, "");
  return texts;
}

std::string Reading::optional_time(const json::View& object, std::string_view key) {
  std::string time = optional_text(object, key);
  if (time.empty() || parse_instant(time)) return time;
  note(Errc::malformed, object, fmt::format("'{}' is no RFC 3339 time: {}", key, quoted(time)));
  return {};
}

std::string Reading::time_in_utc(const json::View& object, std::string_view key) {
  const std::string time = text(object, key);
  for (std::string candidate : {time, time + 'Z'}) {
    if (parse_instant(candidate)) return candidate;
  }
  if (!time.empty()) note(Errc::malformed, object, fmt::format("'{}' is no time: {}", key, quoted(time)));
  return {};
}

std::string Reading::optional_day(const json::View& object, std::string_view key) {
  const std::string day = optional_text(object, key);
  if (day.empty() || parse_instant(day)) return day;
  if (parse_date(day)) return day + "T00:00:00Z";
  note(Errc::malformed, object, fmt::format("'{}' is no RFC 3339 time or date: {}", key, quoted(day)));
  return {};
}

Severity Reading::severity(const json::View& object, std::string_view key) {
  const std::string word = text(object, key);
  if (word.empty()) return Severity::unknown;
  const auto severity = model::severity_from_word(word);
  if (!severity)
    note(Errc::malformed, object, fmt::format("'{}' is a word that gate does not know: {}", key, quoted(word)));
  return severity.value_or(Severity::unknown);
}

void Reading::only(const json::View& object, Names known, Errc code) {
  const json::Object* members = object.value().object();
  if (!members)
    return note(Errc::malformed, object, fmt::format("expected an object, found {}", object.value().type()));
  for (const auto& [key, value] : members->members()) {
    if (std::binary_search(known.begin(), known.end(), key)) continue;
    note(code, object, fmt::format("gate does not know the member {}: what it tells is not read", quoted(key)));
  }
}

bool Reading::has_room(std::size_t bytes, const std::string& at) {
  if (full_) return false;
  records_ += 1;
  bytes_ += bytes;
  full_ = records_ > max_records || bytes_ > max_bytes;
  if (full_)
    note(Errc::too_large, at,
         fmt::format("more than {} records or {} bytes of text; the rest is not read", max_records, max_bytes));
  return !full_;
}

FactBatch Reading::finish() && {
  FactBatch batch;
  batch.facts = std::move(facts_);
  batch.problems = std::move(problems_);
  for (const FactKind kind : spoken_) batch.coverage[kind] = Coverage::complete;
  for (const auto& [kind, coverage] : lowered_) {
    if (spoken_.contains(kind)) batch.coverage[kind] = coverage;
  }
  if (unlisted_problems_ > 0) {
    batch.problems.push_back(
        {Errc::incomplete, fmt::format("and {} more problems", unlisted_problems_), document_.origin});
  }
  return batch;
}

}  // namespace gate::formats
