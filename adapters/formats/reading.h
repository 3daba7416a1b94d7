// What the adapters share: reading a JSON report strictly, while collecting facts and everything that is wrong.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "gate/core/document.h"
#include "gate/json/value.h"

namespace gate::formats {

using Names = std::span<const std::string_view>;  // sorted

// An empty file, XML and HTML are errors that say so; parse_object() also wants the value to be an object.
Result<json::Value> parse_json(const Document& document);
Result<json::Value> parse_object(const Document& document);
// The same, which give back the document's memory while it is read.
Result<json::Value> parse_json(Document& document, json::Stream stream);
Result<json::Value> parse_object(Document& document, json::Stream stream);

// An object a line (JSON Lines), or objects one after the other with blanks between them, as a tool streams them.
Result<json::Array> parse_lines(const Document& document);
Result<json::Array> parse_stream(const Document& document);

// A word from the document, for a complaint: in quotes, cut, and without control characters.
std::string quoted(std::string_view text);

std::vector<std::string> sorted_unique(std::vector<std::string> texts);

// What facts call a package: its package URL in canonical form, or "name@version" where it has none.
std::string label(const std::string& purl, const std::string& name, const std::string& version);

// Accessors return something empty where a member is not as it must be, and note a problem with its JSON pointer.
// Every problem lowers the coverage of all kinds that the batch speaks about.
class Reading {
 public:
  explicit Reading(const Document& document) : document_(document) {}

  void speaks_about(FactKind kind) { spoken_.insert(kind); }

  void note(Errc code, const json::View& at, std::string what) { note(at.error(code, std::move(what))); }
  void note(Errc code, std::string at, std::string what) {
    note(Error{code, std::move(what), {document_.origin.artifact, {}, std::move(at)}});
  }
  void note(Error error);
  // Turns the JSON pointers of what is told from here on into places of another syntax.
  void locate_by(std::function<std::string(std::string pointer)> place) { place_ = std::move(place); }
  // A problem for one kind alone.
  void note_for(FactKind kind, Errc code, const json::View& at, std::string what);

  // Members that must be there: not null, and a text not empty.
  std::string text(const json::View& object, std::string_view key);
  std::vector<json::View> list(const json::View& object, std::string_view key);
  std::optional<json::View> object(const json::View& parent, std::string_view key);

  // Members that may be absent. Null is as good as absent in a text, and in list_or_none().
  std::string optional_text(const json::View& object, std::string_view key);
  std::vector<json::View> optional_list(const json::View& object, std::string_view key);
  std::vector<json::View> list_or_none(const json::View& object, std::string_view key);
  std::optional<json::View> optional_object(const json::View& parent, std::string_view key);
  std::vector<std::string> texts_or_none(const json::View& object, std::string_view key);
  std::string optional_time(const json::View& object, std::string_view key);  // RFC 3339, else a problem and empty
  std::string time_in_utc(const json::View& object,
                          std::string_view key);  // must be there; without an offset it is UTC
  std::string optional_day(const json::View& object, std::string_view key);  // the same; a date becomes its midnight

  // The severity that a tool's word stands for. A word that is not known is a problem, and the severity unknown.
  Severity severity(const json::View& object, std::string_view key);

  // Formats grow without a new version number. A member that was not there when this was written may hold findings,
  // or say that some are left out: what it tells has not been seen.
  void only(const json::View& object, Names known, Errc code = Errc::unsupported_version);

  // Room for as many facts, which costs nothing before they come; growing a vector needs twice its memory.
  template <class Fact>
  void expect(std::size_t facts) {
    facts_.of<Fact>().reserve(std::min<std::size_t>(facts, 200'000));
  }

  // Takes up to a million facts and 128 MiB of text, since a short report can repeat a long text in each of many facts.
  // A problem tells where it stopped.
  template <class Fact>
  void add(Fact fact, const json::View& at) {
    add(std::move(fact), at.pointer());
  }
  // `at`: a JSON pointer, or "line:column" of what is no JSON.
  template <class Fact>
  void add(Fact fact, std::string at) {
    if (!has_room(size_of(fact), at)) return;
    fact.origin = document_.origin;
    fact.origin.at = place_ ? place_(std::move(at)) : std::move(at);
    facts_.of<Fact>().push_back(std::move(fact));
  }
  bool is_full() const { return full_; }

  FactBatch finish() &&;

 private:
  static std::size_t size_of(const std::string& field) { return sizeof field + field.size(); }
  template <class T>
  static std::size_t size_of(const T& field) {
    std::size_t size = 0;
    if constexpr (requires { field.begin(); }) {
      for (const auto& each : field) size += size_of(each);
    } else if constexpr (Record<T>) {
      visit_fields(field, [&size](std::string_view, const auto& part) { size += size_of(part); });
    }
    return size;
  }

  bool has_room(std::size_t bytes, const std::string& at);
  template <class T>
  T taken(Result<T> result) {
    if (result) return std::move(*result);
    note(result.error());
    return {};
  }
  std::optional<json::View> as_object(std::optional<json::View> member);

  const Document& document_;
  std::function<std::string(std::string)> place_;
  Facts facts_;
  std::set<FactKind> spoken_;
  std::map<FactKind, Coverage> lowered_;
  std::vector<Error> problems_;
  std::size_t records_ = 0, bytes_ = 0, unlisted_problems_ = 0;
  bool full_ = false;
};

}  // namespace gate::formats
