#include "adapters/git/tag_verifier.h"

#include "adapters/git/history.h"
#include "gate/json/printable.h"

namespace gate::git {
namespace {

constexpr std::size_t most_links = 8, longest_name = 200;
constexpr std::string_view folder = "refs/tags/";
constexpr const char* clause = "git-tag(1)";

std::string_view type_of(ObjectKind kind) {
  constexpr std::string_view types[] = {"commit", "tag", "tree", "blob"};
  return types[static_cast<std::size_t>(kind)];
}

std::string shown(std::string_view text) { return json::printable(text, longest_name); }

}  // namespace

TagChain follow_tag(const ObjectStore& store, std::string ref, std::string id) {
  TagChain chain{std::move(ref), {}, std::move(id), false, std::nullopt, std::nullopt};
  while (true) {
    const auto kind = store.kind_of(chain.end);
    const std::string_view said = chain.links.empty() ? "" : std::string_view(chain.links.back().object.target_type);
    if (!kind) {
      // Only what is here can be of the range; what a tag object is missing from may be anything.
      (said.empty() || said == "tag" ? chain.problem : chain.missing) = kind.error();
      return chain;
    }
    if (!chain.links.empty() && said != type_of(*kind)) {
      chain.problem =
          Error{Errc::malformed,
                "signed as the tag of a " + shown(said) + ", and it leads to a " + std::string(type_of(*kind)),
                origin_of(chain.links.back().id)};
      return chain;
    }
    if (*kind != ObjectKind::tag) {
      chain.leads_to_commit = *kind == ObjectKind::commit;
      return chain;
    }
    if (chain.links.size() == most_links) {
      chain.problem = Error{Errc::too_large, "a tag of more than 8 tags", origin_of(chain.end)};
      return chain;
    }
    const auto raw = store.tag_bytes(chain.end);
    auto tag = raw ? split_tag(*raw) : Result<TagObject>(raw.error());
    if (!tag) {
      chain.problem =
          Error{tag.error().code, "not a tag that can be judged: " + tag.error().what, origin_of(chain.end)};
      return chain;
    }
    std::string target = tag->target;
    chain.links.push_back({std::move(chain.end), std::move(*tag)});
    chain.end = std::move(target);
  }
}

TagSignature TagVerifier::verify(const TagChain& chain, Check* check) {
  TagSignature fact;
  fact.ref_ = shown(chain.ref);
  fact.id_ = chain.links.empty() ? chain.end : chain.links.front().id;
  fact.commit_ = chain.leads_to_commit ? chain.end : "";
  fact.objects_ = static_cast<std::int64_t>(chain.links.size());
  fact.origin = origin_of(fact.id_);
  SignatureVerdict verdict = judge(chain, fact.signer_);
  fact.problem_ = verdict.problem();
  fact.state_ = verdict.state;
  fact.format_ = std::move(verdict.format);
  fact.key_ = std::move(verdict.key);
  fact.algorithm_ = std::move(verdict.algorithm);
  if (fact.state_ != SignatureState::verified) fact.signer_.clear();
  if (check) {
    for (Check& each : verdict.check.children) check->add(std::move(each));
  }
  return fact;
}

SignatureVerdict TagVerifier::judge(const TagChain& chain, std::string& signers) {
  SignatureVerdict verdict;
  if (const auto& problem = chain.problem ? chain.problem : chain.missing) {
    verdict.refuse(SignatureState::malformed, problem->what, clause);
    return verdict;
  }
  if (chain.links.empty()) {
    verdict.refuse(SignatureState::unsigned_, "a lightweight tag, which nobody can sign", clause);
    return verdict;
  }
  std::vector<Check> passed;
  for (const TagChain::Link& link : chain.links) {
    verdict = judge_.judge(link.id, link.object.payload, link.object.signature);
    if (forges_ && verdict.state == SignatureState::verified) forges_->restrain_tag(verdict);
    if (verdict.state == SignatureState::verified) {
      signers += (signers.empty() ? "" : ", ") + verdict.signer;
    }
    passed.insert(passed.end(), verdict.check.children.begin(), verdict.check.children.end());
    if (verdict.state != SignatureState::verified) break;
  }
  verdict.check.children.clear();
  verdict.check.outcome = CheckOutcome::not_looked;
  for (Check& each : passed) verdict.check.add(std::move(each));
  if (verdict.state != SignatureState::verified) return verdict;
  const std::string& name = chain.links.front().object.name;
  if (std::string(folder) + name == chain.ref) {
    verdict.check.passed("tag-name", "signed under the name that it has here", clause);
  } else {
    verdict.refuse(SignatureState::wrong_name, "signed as the tag " + shown(name) + ", which is not its name here",
                   clause);
  }
  return verdict;
}

}  // namespace gate::git
