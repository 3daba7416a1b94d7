#include "gate/app/verify.h"

#include <cstdio>

#include "gate/json/printable.h"

namespace gate::app {
namespace {

constexpr std::size_t longest_text = 400;

std::string shown(const std::string& text) { return json::printable(text, longest_text); }

void print_line(const std::string& label, const std::string& text, int depth) {
  if (!text.empty()) std::printf("%*s  %s %s\n", depth * 2, "", label.c_str(), shown(text).c_str());
}

void print_details(const Check& check, int depth) {
  print_line("expected", check.expected, depth);
  print_line("got     ", check.got, depth);
  if (!check.is_ok() && !check.where.artifact.empty())
    print_line("at      ", check.where.artifact + (check.where.at.empty() ? "" : ":" + check.where.at), depth);
  print_line("clause  ", check.clause, depth);
}

void print_tree(const Check& check, int depth) {
  std::printf("%*s%s  %s  %s\n", depth * 2, "", std::string(name(check.outcome)).c_str(), check.code.c_str(),
              shown(check.what).c_str());
  print_details(check, depth);
  for (const Check& child : check.children) print_tree(child, depth + 1);
}

}  // namespace

int print_verification(const Check& check, bool explain) {
  const char* verdict = check.is_ok()                           ? "verified"
                        : check.outcome == CheckOutcome::failed ? "refused"
                                                                : "could not look";
  std::printf("%s: %s\n", verdict, shown(check.what).c_str());
  if (explain) {
    for (const Check& child : check.children) print_tree(child, 1);
  } else if (const Check* problem = check.first_problem()) {
    std::printf("  %s: %s\n", problem->code.c_str(), shown(problem->what).c_str());
    print_details(*problem, 1);
  }
  if (check.is_ok()) return 0;
  return check.outcome == CheckOutcome::failed ? 1 : 3;
}

}  // namespace gate::app
