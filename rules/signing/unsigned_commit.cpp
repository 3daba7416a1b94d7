#include <algorithm>

#include "rules/signing/signatures.h"

namespace gate::rules {
Judged signing_unsigned_commit(const FactSet& facts, const Params& params) {
  const auto trusted = params.texts("trusted");
  Judged out;
  for (const CommitSignature& commit : facts.all<CommitSignature>()) {
    ++out.examined;
    const bool listed = trusted.empty() || std::find(trusted.begin(), trusted.end(), commit.signer()) != trusted.end();
    if (commit.signer().empty()) {
      out.against.push_back(about(commit, commit.problem()));
    } else if (!listed) {
      out.against.push_back(about(commit, fmt::format("signed by {}, whom the rule does not list", commit.signer())));
    } else {
      out.in_favour.push_back(about(commit, fmt::format("signed by {}", commit.signer())));
    }
  }
  return out;
}

}  // namespace gate::rules
