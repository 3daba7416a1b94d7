// SPDX licence expressions: SPDX 3.0.1, annex "SPDX license expressions"; SPDX 2.3, annex D, is a part of it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/result.h"

namespace gate::model {

// One licence of an expression, with its exception. Ids of the SPDX list stand as the list writes them, others as the
// expression does.
struct LicenseTerm {
  std::string id;         // "Apache-2.0", "GPL-2.0+", "LicenseRef-1", "DocumentRef-a:LicenseRef-1"
  std::string exception;  // "Classpath-exception-2.0", "AdditionRef-1"; empty: none
  // The same in ids that are not deprecated: "GPL-2.0-or-later" for "GPL-2.0+".
  std::string current_id, current_exception;
  bool is_listed = false;            // the SPDX list has the id
  bool exception_is_listed = false;  // or there is none
};

std::string to_string(const LicenseTerm& term);  // "GPL-2.0-only WITH Classpath-exception-2.0"

enum class LicenseAnswer { denied, unknown, allowed };

class LicenseExpression {
 public:
  // Operators are all in capitals or all in small letters; WITH binds closer than AND, and AND than OR. Ids are matched
  // in any case of letters, "LicenseRef-" and its like as written. An id that the list does not have is no error:
  // see unknown_ids(). NONE and NOASSERTION are no expressions. Takes up to 64 KiB and 32 parentheses in each other.
  static Result<LicenseExpression> parse(std::string_view text);

  const std::vector<LicenseTerm>& terms() const { return terms_; }  // in their order
  std::vector<std::string> unknown_ids() const;                     // neither listed nor a reference; sorted
  std::vector<std::string> deprecated_ids() const;                  // sorted

  // A choice is as good as its best side, a combination as bad as its worst.
  LicenseAnswer judge(const std::function<LicenseAnswer(const LicenseTerm&)>& of_term) const;

 private:
  friend class LicenseParser;
  enum class Step : std::uint8_t { term, both, either };

  std::vector<LicenseTerm> terms_;
  std::vector<Step> steps_;  // operators after their two sides
};

// What a policy allows and denies: ids, or globs ("AGPL-*"), in any case of letters. An entry with an exception, after
// WITH, is about the two together, one without about the licence with any exception or none. A deprecated id means its
// current form as well.
class LicenseLists {
 public:
  LicenseLists(const std::vector<std::string>& allowed, const std::vector<std::string>& denied);

  // What both lists cover is denied, unless an allowed entry is the very licence and no glob. Where something is
  // allowed, every other listed licence is denied. A licence or an exception that the SPDX list does not have is
  // unknown, where no list names it.
  LicenseAnswer judge(const LicenseTerm& term) const;
  LicenseAnswer judge(const LicenseExpression& expression) const;

 private:
  std::vector<std::string> allowed_, denied_;
};

}  // namespace gate::model
