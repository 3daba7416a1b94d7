#include "gate/app/verify.h"

#include <cstdio>

#include "gate/evidence/facts_json.h"
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

std::string_view verdict(const Check& check) {
  switch (check.outcome) {
    case CheckOutcome::ok: return "verified";
    case CheckOutcome::failed: return "refused";
    case CheckOutcome::not_looked: return "could not look";
  }
  return "could not look";
}

json::Value to_json(const Check& check) {
  json::Value value{{"code", check.code}, {"outcome", name(check.outcome)}, {"what", check.what}};
  const auto add = [&value](std::string_view key, const std::string& text) {
    if (!text.empty()) value[key] = text;
  };
  add("expected", check.expected);
  add("got", check.got);
  add("clause", check.clause);
  if (!check.where.artifact.empty()) value["where"] = evidence::to_json(check.where);
  for (const Check& child : check.children) value["checks"].push_back(to_json(child));
  return value;
}

void print_json(const Check& check) {
  json::Value value = to_json(check);
  value["verification"] = 1;
  value["verdict"] = verdict(check);
  std::fputs(json::to_pretty_string(value).c_str(), stdout);
}

void print_text(const Check& check, bool explain) {
  std::printf("%s: %s\n", std::string(verdict(check)).c_str(), shown(check.what).c_str());
  if (explain) {
    for (const Check& child : check.children) print_tree(child, 1);
  } else if (const Check* problem = check.first_problem()) {
    std::printf("  %s: %s\n", problem->code.c_str(), shown(problem->what).c_str());
    print_details(*problem, 1);
  }
}

}  // namespace

int print_verification(const Check& check, const Telling& telling) {
  telling.output == "json" ? print_json(check) : print_text(check, telling.explain);
  if (check.is_ok()) return 0;
  return check.outcome == CheckOutcome::failed ? 1 : 3;
}

int could_not_look(std::string what, const Error& error, const Telling& telling) {
  if (telling.output == "json") {
    Check check{.code = "input", .what = std::move(what)};
    check.not_looked(std::string(name(error.code)), error.what);
    check.children.back().where = error.where;
    print_json(check);
  } else {
    std::fprintf(stderr, "gate: %s\n", describe(error).c_str());
  }
  return 3;
}

}  // namespace gate::app
