#include "gate/model/license_expression.h"

#include <algorithm>
#include <utility>

#include "gate/core/policy.h"
#include "gate/model/license_ids.h"

namespace gate::model {
namespace {

constexpr std::size_t longest = 64 * 1024;
constexpr int most_depth = 32;

constexpr std::string_view blanks = " \t\r\n";

std::string lower(std::string_view text) {
  std::string small(text);
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return small;
}

bool is_id_string(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

// "LicenseRef-1", "DocumentRef-a:LicenseRef-1"; with another prefix, "AdditionRef-1".
bool is_reference(std::string_view text, std::string_view prefix) {
  constexpr std::string_view document = "DocumentRef-";
  if (text.starts_with(document)) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || !is_id_string(text.substr(document.size(), colon - document.size())))
      return false;
    text.remove_prefix(colon + 1);
  }
  return text.starts_with(prefix) && is_id_string(text.substr(prefix.size()));
}

bool is_operator(std::string_view word) {
  return std::ranges::any_of(std::initializer_list<std::string_view>{"AND", "and", "OR", "or", "WITH", "with"},
                             [&](std::string_view each) { return each == word; });
}

// The id as the list writes it, with its "+"; empty where the list does not have it.
std::string listed(std::string_view word) {
  if (const auto whole = find_license(word); !whole.empty()) return std::string(whole);
  if (!word.ends_with('+')) return {};
  const auto plain = find_license(word.substr(0, word.size() - 1));
  return plain.empty() || plain.ends_with('+') ? std::string() : std::string(plain) + '+';
}

// "GPL-2.0-or-later" for "GPL-2.0+", and what replaces an id that is deprecated.
std::string current_form(const std::string& id) {
  if (const auto replacement = replacement_of_deprecated(id)) return std::string(*replacement);
  if (!id.ends_with('+')) return id;
  const auto later = find_license(id.substr(0, id.size() - 1) + "-or-later");
  return later.empty() ? id : std::string(later);
}

bool is_deprecated(const std::string& id) {
  return replacement_of_deprecated(id).has_value() ||
         (id.ends_with('+') && replacement_of_deprecated(id.substr(0, id.size() - 1)).has_value());
}

LicenseTerm make_term(std::string_view word, bool is_ref) {
  LicenseTerm term;
  term.id = is_ref ? std::string() : listed(word);
  term.is_listed = !term.id.empty();
  if (!term.is_listed) term.id = word;
  term.current_id = term.is_listed ? current_form(term.id) : term.id;
  if (term.current_id.empty()) term.current_id = term.id;
  if (const auto with = term.current_id.find(" WITH "); with != std::string::npos) {
    term.current_exception = term.current_id.substr(with + 6);
    term.current_id.resize(with);
  }
  term.exception_is_listed = true;
  return term;
}

std::vector<std::string> sorted_unique(std::vector<std::string> texts) {
  std::ranges::sort(texts);
  const auto repeated = std::ranges::unique(texts);
  texts.erase(repeated.begin(), repeated.end());
  return texts;
}

std::string joined(const std::string& id, const std::string& exception) {
  return exception.empty() ? id : id + " WITH " + exception;
}

}  // namespace

class LicenseParser {
 public:
  explicit LicenseParser(std::string_view text) : rest_(text) { next(); }

  Result<LicenseExpression> parse() && {
    if (word_ == "NONE" || word_ == "NOASSERTION") fail("states no licence");
    either(0);
    if (fault_.empty() && !word_.empty())
      fail(word_ == ")" ? "')' without its '('" : "no operator between two licences");
    if (!fault_.empty()) return Error{Errc::malformed, std::move(fault_), {}};
    return std::move(out_);
  }

 private:
  using Step = LicenseExpression::Step;

  void next() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size()));
    const bool is_parenthesis = rest_.starts_with('(') || rest_.starts_with(')');
    const auto end = is_parenthesis ? 1 : std::min(rest_.find_first_of(" \t\r\n()"), rest_.size());
    word_ = rest_.substr(0, end);
    rest_.remove_prefix(end);
  }
  bool take(std::string_view capitals, std::string_view small) {
    if (!fault_.empty() || (word_ != capitals && word_ != small)) return false;
    next();
    return true;
  }

  void either(int depth) {
    both(depth);
    while (take("OR", "or")) {
      both(depth);
      out_.steps_.push_back(Step::either);
    }
  }
  void both(int depth) {
    one(depth);
    while (take("AND", "and")) {
      one(depth);
      out_.steps_.push_back(Step::both);
    }
  }
  void one(int depth) {
    if (!fault_.empty()) return;
    if (!take("(", "(")) return license();
    if (depth == most_depth) return fail("too many parentheses in each other");
    either(depth + 1);
    if (fault_.empty() && !take(")", ")")) fail("'(' without its ')'");
  }
  void license() {
    if (word_.empty() || word_ == ")" || is_operator(word_)) return fail("a licence is missing");
    const bool is_ref = is_reference(word_, "LicenseRef-");
    const std::string_view plain = word_.substr(0, word_.size() - (word_.ends_with('+') ? 1 : 0));
    if (!is_ref && !is_id_string(plain)) return fail("a word that is no licence id");
    LicenseTerm term = make_term(word_, is_ref);
    next();
    if (take("WITH", "with")) {
      if (!is_id_string(word_) && !is_reference(word_, "AdditionRef-")) return fail("no exception after WITH");
      if (is_operator(word_)) return fail("no exception after WITH");
      const auto found = find_license_exception(word_);
      term.exception_is_listed = !found.empty();
      term.exception = found.empty() ? word_ : found;
      term.current_exception = term.exception;
      next();
    }
    out_.terms_.push_back(std::move(term));
    out_.steps_.push_back(Step::term);
  }
  void fail(std::string what) {
    if (fault_.empty()) fault_ = std::move(what);
  }

  std::string_view rest_, word_;
  std::string fault_;
  LicenseExpression out_;
};

std::string to_string(const LicenseTerm& term) { return joined(term.id, term.exception); }

Result<LicenseExpression> LicenseExpression::parse(std::string_view text) {
  if (text.size() > longest) return Error{Errc::too_large, "longer than 64 KiB", {}};
  return LicenseParser(text).parse();
}

std::vector<std::string> LicenseExpression::unknown_ids() const {
  std::vector<std::string> ids;
  for (const LicenseTerm& term : terms_) {
    if (!term.is_listed && !is_reference(term.id, "LicenseRef-")) ids.push_back(term.id);
    if (!term.exception_is_listed && !is_reference(term.exception, "AdditionRef-")) ids.push_back(term.exception);
  }
  return sorted_unique(std::move(ids));
}

std::vector<std::string> LicenseExpression::deprecated_ids() const {
  std::vector<std::string> ids;
  for (const LicenseTerm& term : terms_) {
    if (term.is_listed && is_deprecated(term.id)) ids.push_back(term.id);
    if (is_deprecated(term.exception)) ids.push_back(term.exception);
  }
  return sorted_unique(std::move(ids));
}

LicenseAnswer LicenseExpression::judge(const std::function<LicenseAnswer(const LicenseTerm&)>& of_term) const {
  std::vector<LicenseAnswer> open;
  auto term = terms_.begin();
  for (const Step step : steps_) {
    if (step == Step::term) {
      open.push_back(of_term(*term++));
      continue;
    }
    const LicenseAnswer right = open.back();
    open.pop_back();
    open.back() = step == Step::both ? std::min(open.back(), right) : std::max(open.back(), right);
  }
  return open.empty() ? LicenseAnswer::unknown : open.back();
}

namespace {

std::vector<std::string> with_current_forms(const std::vector<std::string>& entries) {
  std::vector<std::string> all;
  for (const std::string& entry : entries) {
    all.push_back(lower(entry));
    const auto expression = LicenseExpression::parse(entry);
    if (!expression || expression->terms().size() != 1) continue;
    const LicenseTerm& term = expression->terms().front();
    all.push_back(lower(joined(term.current_id, term.current_exception)));
  }
  return sorted_unique(std::move(all));
}

struct Named {
  std::string id, exception;  // in small letters
};

// As written, in its current form, and "Apache-2.0" for "Apache-2.0+", which it or what came later is.
std::vector<Named> names_of(const LicenseTerm& term) {
  std::vector<Named> names{{lower(term.id), lower(term.exception)},
                           {lower(term.current_id), lower(term.current_exception)}};
  if (names.front().id.ends_with('+')) {
    const std::string& id = names.front().id;
    names.push_back({id.substr(0, id.size() - 1), names.front().exception});
  }
  return names;
}

constexpr std::string_view with = " with ";

// An entry without an exception is about the licence with any.
bool covers(const std::string& entry, const Named& name) {
  if (entry.find(with) == std::string::npos) return glob_matches(entry, name.id);
  return !name.exception.empty() && glob_matches(entry, name.id + std::string(with) + name.exception);
}

bool is_exact(const std::string& entry, const Named& name) {
  return entry == (name.exception.empty() ? name.id : name.id + std::string(with) + name.exception);
}

bool any(const std::vector<std::string>& entries, const std::vector<Named>& names, auto holds) {
  return std::ranges::any_of(entries, [&](const std::string& entry) {
    return std::ranges::any_of(names, [&](const Named& name) { return holds(entry, name); });
  });
}

}  // namespace

LicenseLists::LicenseLists(const std::vector<std::string>& allowed, const std::vector<std::string>& denied)
    : allowed_(with_current_forms(allowed)), denied_(with_current_forms(denied)) {}

LicenseAnswer LicenseLists::judge(const LicenseTerm& term) const {
  const auto names = names_of(term);
  if (any(allowed_, names, is_exact)) return LicenseAnswer::allowed;
  if (any(denied_, names, covers)) return LicenseAnswer::denied;
  const bool is_allowed = any(allowed_, names, covers);
  if (!term.exception_is_listed) {
    const auto covers_exception = [](const std::string& entry, const Named& name) {
      return entry.find(with) != std::string::npos && covers(entry, name);
    };
    return any(allowed_, names, covers_exception) ? LicenseAnswer::allowed : LicenseAnswer::unknown;
  }
  if (!term.is_listed) return is_allowed ? LicenseAnswer::allowed : LicenseAnswer::unknown;
  return allowed_.empty() || is_allowed ? LicenseAnswer::allowed : LicenseAnswer::denied;
}

LicenseAnswer LicenseLists::judge(const LicenseExpression& expression) const {
  return expression.judge([this](const LicenseTerm& term) { return judge(term); });
}

}  // namespace gate::model
