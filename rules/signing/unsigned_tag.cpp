#include <algorithm>

#include "rules/signing/signatures.h"

namespace gate::rules {
Judged signing_unsigned_tag(const FactSet& facts, const Params& params) {
  const auto trusted = params.texts("trusted");
  Judged out;
  for (const TagSignature& tag : facts.all<TagSignature>()) {
    ++out.examined;
    const bool listed = trusted.empty() || std::find(trusted.begin(), trusted.end(), tag.signer()) != trusted.end();
    if (tag.signer().empty()) {
      out.against.push_back(about(tag, tag.problem()));
    } else if (!listed) {
      out.against.push_back(about(tag, fmt::format("signed by {}, whom the rule does not list", tag.signer())));
    } else {
      out.in_favour.push_back(about(tag, fmt::format("signed by {}", tag.signer())));
    }
  }
  return out;
}

}  // namespace gate::rules
