#include "gate/core/check.h"

namespace gate {

std::string_view name(CheckOutcome outcome) {
  switch (outcome) {
    case CheckOutcome::ok: return "ok";
    case CheckOutcome::failed: return "failed";
    case CheckOutcome::not_looked: return "not looked";
  }
  return "unknown";
}

bool Check::add(Check child) {
  const bool first = children.empty(), good = child.is_ok();
  if (first || child.outcome == CheckOutcome::failed || (is_ok() && !good)) outcome = child.outcome;
  children.push_back(std::move(child));
  return good;
}

bool Check::passed(std::string code, std::string what, std::string clause) {
  return add({.code = std::move(code),
              .what = std::move(what),
              .expected = {},
              .got = {},
              .where = {},
              .clause = std::move(clause),
              .outcome = CheckOutcome::ok,
              .children = {}});
}

bool Check::failed(std::string code, std::string what, std::string clause) {
  return differs(std::move(code), std::move(what), {}, {}, std::move(clause));
}

bool Check::differs(std::string code, std::string what, std::string expected, std::string got, std::string clause) {
  return add({.code = std::move(code),
              .what = std::move(what),
              .expected = std::move(expected),
              .got = std::move(got),
              .where = where,
              .clause = std::move(clause),
              .outcome = CheckOutcome::failed,
              .children = {}});
}

bool Check::not_looked(std::string code, std::string what, std::string clause) {
  return add({.code = std::move(code),
              .what = std::move(what),
              .expected = {},
              .got = {},
              .where = where,
              .clause = std::move(clause),
              .outcome = CheckOutcome::not_looked,
              .children = {}});
}

bool Check::refused(std::string code, const Error& error, std::string clause) {
  const bool placed = error.where != Origin{};
  return add({.code = std::move(code),
              .what = error.what,
              .expected = {},
              .got = {},
              .where = placed ? error.where : where,
              .clause = std::move(clause),
              .outcome = CheckOutcome::failed,
              .children = {}});
}

const Check* Check::first_problem() const {
  if (is_ok()) return nullptr;
  for (const Check& child : children) {
    if (const Check* problem = child.first_problem()) return problem;
  }
  return this;
}

}  // namespace gate
