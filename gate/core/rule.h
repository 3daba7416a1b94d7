// A rule: facts and parameters in, judgement out. No I/O, no throw, no opinion on coverage (the engine has that).
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/fact.h"
#include "gate/core/value.h"

namespace gate {

// What a rule says about one thing. `subject` names the thing in the field's terms ("function", "vulnerability",
// "package", "commit", …): waivers match on it, and it is the identity of the finding, so it holds no line number.
struct Finding {
  std::string message;  // one sentence, English
  std::map<std::string, std::string, std::less<>> subject;
  Location at;          // empty file: no place in a source file
  Location definition;  // of the macro that it comes through; empty file: of none
  Severity severity = Severity::unknown;
  std::string remedy;             // what to do about this one; empty: the rule's own remedy holds
  std::vector<std::string> tags;  // "CWE-120", …
  Origin origin;                  // the input that tells it
};

struct Judged {
  std::vector<Finding> against;
  std::vector<Finding> in_favour;
  std::vector<Finding>
      lacking;  // against, but only in a complete view: what is lacking may stand where nobody could look
  std::vector<Finding> to_review;  // a person has to look; undecided until then
  std::size_t examined = 0;
};

// Parameters after the policy's loader checked them against the rule's spec and filled in the defaults: an accessor
// of the type that the spec declares never fails, and one of another type or name ends the rule as an error.
class Params {
 public:
  Params() = default;
  explicit Params(Map values) : values_(std::move(values)) {}

  const std::string& text(std::string_view key) const;
  bool flag(std::string_view key) const;
  std::int64_t number(std::string_view key) const;
  std::vector<std::string> texts(std::string_view key) const;
  const List& records(std::string_view key) const;  // each a map as the spec says
  const Map& all() const { return values_; }

 private:
  Map values_;
};

struct Rule {
  std::string_view id;    // "code/banned-function"
  std::string_view spec;  // the bytes of <name>.yaml
  std::vector<FactKind> needs;
  Judged (*judge)(const FactSet&, const Params&);
};

// The spec in <name>.yaml, understood. Texts are in English and Japanese.
struct Bilingual {
  std::string en, ja;
};

enum class ParamType { flag, number, text, choice, texts, records };

struct ParamField {  // of a record
  std::string name;
  bool required = false;
  ParamType type = ParamType::text;  // flag, number or text
};

struct ParamSpec {
  std::string name;
  ParamType type = ParamType::text;
  std::vector<std::string> choices;  // of a choice
  std::vector<ParamField> fields;    // of records
  bool bans = false;                 // records: each is a model::Ban, and is known by its name, entity and condition
  std::string lists;  // a texts parameter that names lists under policies/lists, merged into this records parameter
  Value fallback;
  Bilingual about;
};

struct RuleExample {
  std::string title;
  Map with;            // parameters; the rest are defaults
  Value given;         // facts by plural, and "coverage"
  std::string expect;  // an outcome
  Position at;
};

struct RuleSpec {
  std::string id;
  Bilingual title, why, remedy, bad, good;
  std::vector<ParamSpec> params;
  std::vector<std::string> match;  // the keys of Finding::subject that a waiver may name
  std::vector<std::string> ssdf;   // tasks, "PW.5.1"
  std::vector<RuleExample> examples;
};

}  // namespace gate
