// A policy from a pull request: whatever its bytes, it loads or every complaint has a place.
#include <cstdlib>

#include "tests/unit/policy_support.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  gate::test::PolicyProject project;
  project.files["gate.yaml"].assign(reinterpret_cast<const char*>(data), size);
  const auto loaded = project.load("gate.yaml");
  if (const auto* policy = std::get_if<gate::Policy>(&loaded)) {
    // What loads has a rule that can fail: no policy gets a pass by asking for nothing.
    bool judges = false;
    for (const auto& rule : policy->rules) judges |= rule.level == gate::Level::fail;
    if (!judges) std::abort();
  } else {
    const auto& complaints = std::get<1>(loaded);
    if (complaints.empty()) std::abort();
    for (const auto& complaint : complaints) {
      if (complaint.at.file.empty() || complaint.what.empty()) std::abort();
    }
  }
  return 0;
}
