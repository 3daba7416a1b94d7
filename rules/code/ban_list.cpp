#include "rules/code/ban_list.h"

#include <fmt/format.h>

namespace gate::rules {
namespace {

std::string_view text_of(const Value& record, std::string_view key) {
  const Value* value = record.find(key);
  return value && value->text() ? std::string_view(*value->text()) : std::string_view();
}

}  // namespace

std::vector<BanEntry> ban_list(const Params& params) {
  std::vector<BanEntry> entries;
  for (const Value& record : params.records("ban")) {
    if (auto ban = model::ban_from(record)) entries.push_back({std::move(*ban), &record});
  }
  return entries;
}

std::string because(const Value& record) {
  const auto reason = text_of(record, "because");
  return reason.empty() ? std::string() : fmt::format(": {}", reason);
}

void advise(const Value& record, Finding& finding) {
  if (const auto instead = text_of(record, "instead"); !instead.empty())
    finding.remedy = fmt::format("use {}", instead);
  if (const auto since = text_of(record, "since"); !since.empty() && !finding.remedy.empty())
    finding.remedy += fmt::format(" (since {})", since);
  if (const Value* cwe = record.find("cwe"); cwe && cwe->integer())
    finding.tags.push_back(fmt::format("CWE-{}", *cwe->integer()));
  if (const auto cert = text_of(record, "cert"); !cert.empty()) finding.tags.emplace_back(cert);
}

}  // namespace gate::rules
