#include <cstdio>

#include "adapters/cpp/cpp.h"
#include "gate/app/app.h"
#include "gate/app/catalogue.h"
#include "gate/host/host.h"
#include "gate/json/value.h"
#include "rules/rules.h"

namespace gate::app {

std::string gate_version() { return GATE_VERSION; }

int version(bool as_json) {
  if (!as_json) {
    std::printf("gate %s (clang %s)\n", gate_version().c_str(), cpp::clang_version().c_str());
    return 0;
  }
  const auto digest = host::hash_file(host::own_path());
  if (!digest) {
    std::fprintf(stderr, "gate: %s\n", describe(digest.error()).c_str());
    return 3;
  }
  json::Array rules;
  for (const Rule& rule : rules::all()) rules.push_back(rule.id);
  const json::Value value{{"version", gate_version()},
                          {"sha256", digest->sha256},
                          {"clang", cpp::clang_version()},
                          {"policyVersion", 1},
                          {"rules", std::move(rules)}};
  std::fputs(json::to_pretty_string(value).c_str(), stdout);
  return 0;
}

}  // namespace gate::app
