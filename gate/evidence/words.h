// The words of the reports for people, in English and Japanese. Names with "{}" are fmt formats.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "gate/core/framework.h"
#include "gate/core/rule.h"
#include "gate/core/verdict.h"

namespace gate::evidence {

struct Words {
  std::array<std::string_view, 3> decisions;      // in the order of Decision
  std::array<std::string_view, 6> outcomes;       // in the order of Outcome
  std::array<std::string_view, 4> waiver_states;  // in the order of WaiverState
  std::array<std::string_view, 3> reaches;        // in the order of Reach
  std::string_view waived, comma;
  // Headings.
  std::string_view undecided, problems, failures, warnings, waivers, loosenings, unread_sources, rules;
  // Columns of tables.
  std::string_view rule, outcome, reason, severity, place, finding, to_do, until, state, scope, approved, title, task,
      reach;
  // Lines.
  std::string_view judged_nothing;
  std::string_view more;             // {count}
  std::string_view examined;         // {count}
  std::string_view against;          // {count}
  std::string_view waived_findings;  // {count}
  std::string_view remedy;           // {text}
  std::string_view waivable;         // {keys}
  std::string_view level_warn;
  std::string_view blocks_from;  // {date}
  std::string_view waiver_used;  // {state} {findings}
  std::string_view approval;     // {reason} {approver} {owner}
  std::string_view off;          // {rules}
  std::string_view framework;    // {title} {contributed} {tasks} {counts}
  std::string_view origin;       // {gate's version} {policy} {digest} {time}

  std::string_view of(Decision decision) const { return decisions[static_cast<std::size_t>(decision)]; }
  std::string_view of(Outcome outcome) const { return outcomes[static_cast<std::size_t>(outcome)]; }
  std::string_view of(Reach of_task) const { return reaches[static_cast<std::size_t>(of_task)]; }
  std::string_view of(WaiverState state) const { return waiver_states[static_cast<std::size_t>(state)]; }
};

const Words& words(std::string_view language);  // "ja"; anything else is English
const std::string& in_language(const Bilingual& text, std::string_view language);

// Columns on a terminal: East Asian wide and fullwidth characters take two (Unicode UAX #11), combining ones none.
std::size_t display_width(std::string_view text);
// Filled up with blanks to `width` columns.
std::string padded(std::string_view text, std::size_t width);

}  // namespace gate::evidence
