#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/core/policy.h"
#include "rules/sca/about.h"

namespace gate::rules {
namespace {

enum class Standing { forbidden, unknown, allowed };

constexpr int most_depth = 32;  // of parentheses

std::string lower(std::string_view text) {
  std::string small(text);
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return small;
}

class Lists {
 public:
  explicit Lists(const Params& params) {
    for (const std::string& id : params.texts("forbidden")) forbidden_.push_back(lower(id));
    for (const std::string& id : params.texts("allowed")) allowed_.push_back(lower(id));
  }

  // Of one licence, with its exception: "gpl-2.0-only with classpath-exception-2.0".
  Standing of(const std::string& id) const {
    const std::string plain = id.substr(0, id.find(" with "));
    if (plain.starts_with("licenseref-") || plain.starts_with("documentref-") || plain == "noassertion" ||
        plain == "none") {
      return named(allowed_, id) ? Standing::allowed : Standing::unknown;
    }
    if (named(allowed_, id)) return Standing::allowed;  // with its exception
    if (named(forbidden_, id) || named(forbidden_, plain)) return Standing::forbidden;
    if (allowed_.empty() || named(allowed_, plain)) return Standing::allowed;
    return Standing::forbidden;
  }

 private:
  static bool named(const std::vector<std::string>& globs, const std::string& id) {
    return std::ranges::any_of(globs, [&](const std::string& glob) { return glob_matches(glob, id); });
  }
  std::vector<std::string> forbidden_, allowed_;
};

// SPDX 2.3, annex D: a choice is as good as its best side, a combination as bad as its worst. What is no expression is
// unknown.
class Expression {
 public:
  Expression(std::string_view text, const Lists& lists) : lists_(lists) {
    std::string word;
    for (const char c : lower(text) + " ") {
      if (c != ' ' && c != '(' && c != ')') {
        word += c;
        continue;
      }
      if (!word.empty()) words_.push_back(std::exchange(word, {}));
      if (c != ' ') words_.emplace_back(1, c);
    }
  }

  Standing judge() {
    const Standing standing = any(0);
    return good_ && at_ == words_.size() ? standing : Standing::unknown;
  }

 private:
  bool take(std::string_view word) {
    if (at_ == words_.size() || words_[at_] != word) return false;
    ++at_;
    return true;
  }
  Standing any(int depth) {
    Standing best = every(depth);
    while (good_ && take("or")) best = std::max(best, every(depth));
    return best;
  }
  Standing every(int depth) {
    Standing worst = one(depth);
    while (good_ && take("and")) worst = std::min(worst, one(depth));
    return worst;
  }
  Standing one(int depth) {
    if (take("(")) {
      if (depth == most_depth) return fault();
      const Standing inner = any(depth + 1);
      return take(")") ? inner : fault();
    }
    if (!is_id()) return fault();
    std::string id = words_[at_++];
    if (take("with")) {
      if (!is_id()) return fault();
      id += " with " + words_[at_++];
    }
    return lists_.of(id);
  }
  bool is_id() const {
    return at_ < words_.size() && words_[at_] != "or" && words_[at_] != "and" && words_[at_] != "with" &&
           words_[at_].find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-+:") == std::string::npos;
  }
  Standing fault() {
    good_ = false;
    return Standing::unknown;
  }

  const Lists& lists_;
  std::vector<std::string> words_;
  std::size_t at_ = 0;
  bool good_ = true;
};

}  // namespace

// Of several licences that a component states, all have to be in order: none says that one may choose.
Judged sca_forbidden_license(const FactSet& facts, const Params& params) {
  const Lists lists(params);
  Judged out;
  for (const Component& component : facts.all<Component>()) {
    ++out.examined;
    Standing worst = component.licenses.empty() ? Standing::unknown : Standing::allowed;
    for (const std::string& license : component.licenses) worst = std::min(worst, Expression(license, lists).judge());
    Finding finding;
    const std::string package = to_string(package_key(component));
    const std::string said = fmt::format("{}", fmt::join(component.licenses, ", "));
    finding.message = fmt::format("{}: {}", package, said.empty() ? "no licence is stated" : said);
    finding.subject = {{"package", package}, {"license", said}};
    finding.origin = component.origin;
    put(out,
        worst == Standing::forbidden ? "fail"
        : worst == Standing::allowed ? "tolerate"
                                     : params.text("unknown"),
        std::move(finding));
  }
  return out;
}

}  // namespace gate::rules
