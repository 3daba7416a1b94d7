// What the writers share. Private to this folder.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "gate/evidence/report.h"

namespace gate::evidence {

struct Words;

std::string write_text(const Report& report);
std::string write_statement(const Report& report);
std::string write_markdown(const Report& report);
std::string write_sarif(const Report& report);
std::string write_junit(const Report& report);
std::string write_baseline(const Report& report);

inline constexpr std::array all_outcomes{Outcome::pass,           Outcome::fail,         Outcome::not_checked,
                                         Outcome::not_applicable, Outcome::needs_review, Outcome::error};

struct Counts {
  std::array<std::size_t, all_outcomes.size()> by_outcome{};
  std::size_t waived = 0;  // of the fails

  std::size_t of(Outcome outcome) const { return by_outcome[static_cast<std::size_t>(outcome)]; }
  void add(Outcome outcome, bool is_waived) {
    ++by_outcome[static_cast<std::size_t>(outcome)];
    if (is_waived) ++waived;
  }
};
Counts count(const std::vector<RuleVerdict>& rules);
Counts count(const std::vector<TaskStatus>& tasks);

// Tasks of which some rule judged something. Less is not a contribution.
std::size_t contributed(const Counts& tasks);

const RuleSpec* find_spec(const Report& report, std::string_view rule);
const Bilingual& title(const RuleSpec* spec);
// The finding's own remedy, or else the rule's in that language.
const std::string& remedy(const Finding& finding, const RuleSpec* spec, std::string_view language);

// Of all findings against, in their order; linear, where fingerprint() would count anew for each.
std::vector<std::string> fingerprints(const RuleVerdict& rule);

std::string describe(const Location& location);  // "src/a.c:3:5"; empty where there is no place
std::string place(const Finding& finding);       // where it is, or else the input that tells it
std::string described(const Counts& counts, const Words& words, bool with_zeros);  // "3 pass, 1 fail (1 waived)"
std::string examined(const RuleVerdict& rule, const Words& words);                 // "12 examined, 3 against"

std::vector<const WaiverVerdict*> by_expiry(const std::vector<WaiverVerdict>& waivers);
// "package=pkg:generic/zlib@1.2.11, vulnerability=CVE-2022-37434"; of one in the code: "path=src/a.c, line=7".
std::string describe_match(const Waiver& waiver);
std::string last_day(const Waiver& waiver);  // "2027-01-31"; "-" where a comment names none
// Why it was agreed to, and by whom; of one that is refused: why it is.
std::string approval(const WaiverVerdict& verdict, const Words& words);

// Undecided though no blocking rule says so of itself.
bool judged_nothing(const Verdict& verdict);
// The view of the run was incomplete somewhere, whatever the decision.
bool is_incomplete(const Verdict& verdict);
// Problems of inputs that no rule tells about as unseen, described.
std::vector<std::string> other_problems(const Verdict& verdict);

// One line that cannot steer a terminal or a page: line breaks and tabs become blanks; other control characters, those
// that turn the direction of text, and bytes that are no UTF-8 become U+FFFD.
std::string one_line(std::string_view text);
std::string join(const std::vector<std::string>& parts, std::string_view separator);

}  // namespace gate::evidence
