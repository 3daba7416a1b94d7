#include "adapters/git/forge.h"

#include <algorithm>

namespace gate::git {
namespace {

// "Fix the parser (#12)": how forges name the pull request that they squash. Empty where the summary does not.
std::string pull_request_number(std::string_view summary) {
  const auto start = summary.rfind(" (#");
  if (start == std::string_view::npos || !summary.ends_with(')')) return {};
  const std::string_view digits = summary.substr(start + 3, summary.size() - start - 4);
  if (digits.empty() || digits.size() > 10 || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return {};
  return std::string(digits);
}

}  // namespace

const TrustedForge* Forges::find(const std::string& signer) const {
  const auto found = std::ranges::find(forges_, signer, &TrustedForge::signer);
  return found == forges_.end() ? nullptr : &*found;
}

void Forges::restrain(const std::string&, const CommitObject& commit, SignatureVerdict& verdict) const {
  const TrustedForge* forge = find(verdict.signer);
  if (!forge) return;
  if (commit.parents.size() == 2 && forge->merges) return check_tree(commit, commit.parents[1], verdict);
  if (commit.parents.size() == 1 && forge->squashes) {
    if (const auto head = squashed_head(commit)) return check_tree(commit, *head, verdict);
    return verdict.refuse(SignatureState::forge_key,
                          "signed by a forge, and no pull request of it whose head somebody signed is here");
  }
  verdict.refuse(SignatureState::forge_key, "signed by a forge, on what the policy does not let it sign");
}

void Forges::restrain_tag(SignatureVerdict& verdict) const {
  if (find(verdict.signer)) verdict.refuse(SignatureState::forge_key, "a tag that is signed by a forge");
}

std::optional<std::string> Forges::squashed_head(const CommitObject& commit) const {
  const std::string number = pull_request_number(commit.summary);
  if (number.empty()) return std::nullopt;
  for (const std::string& ref : {"refs/pull/" + number + "/head", "refs/merge-requests/" + number + "/head"}) {
    const auto head = store_.commit_of_ref(ref);
    if (head && is_signed_by_somebody(*head)) return head;
  }
  return std::nullopt;
}

bool Forges::is_signed_by_somebody(const std::string& id) const {
  const auto raw = store_.commit_bytes(id);
  if (!raw) return false;
  const auto commit = split_commit(*raw);
  if (!commit) return false;
  const SignatureVerdict verdict = SignatureJudge(trust_).judge(id, commit->payload, commit->signature);
  return verdict.state == SignatureState::verified && !find(verdict.signer);
}

void Forges::check_tree(const CommitObject& commit, const std::string& theirs, SignatureVerdict& verdict) const {
  const auto same = store_.merge_gives(commit.parents[0], theirs, commit.tree);
  if (!same) return verdict.refuse(SignatureState::forge_key, "the merge cannot be repeated: " + same.error().what);
  if (!*same) return verdict.refuse(SignatureState::forge_key, "its tree is not what merging gives");
  verdict.check.passed("forge-merge", "its tree is what merging gives");
}

}  // namespace gate::git
