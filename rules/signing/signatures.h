// What the rules about signatures have in common: commits and tags are judged alike.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "gate/core/rule.h"

namespace gate::rules {

inline Finding about(const CommitSignature& commit, std::string_view what) {
  Finding finding;
  finding.message = fmt::format("{} \"{}\": {}", commit.id().substr(0, 12), commit.summary(), what);
  finding.subject = {{"commit", commit.id()}};
  finding.origin = commit.origin;
  return finding;
}

inline Finding about(const TagSignature& tag, std::string_view what) {
  Finding finding;
  finding.message = fmt::format("{} ({}): {}", tag.ref(), tag.id().substr(0, 12), what);
  finding.subject = {{"tag", tag.ref()}};
  finding.origin = tag.origin;
  return finding;
}

// Judges every signature there is: against where its state is a wrong one. What nobody signed is another rule's.
template <class IsWrong>
Judged judge_signatures(const FactSet& facts, IsWrong&& is_wrong) {
  Judged out;
  const auto judge = [&](const auto& object) {
    if (object.state() == SignatureState::unsigned_) return;
    ++out.examined;
    if (is_wrong(object.state())) {
      out.against.push_back(about(object, object.problem()));
    } else {
      out.in_favour.push_back(
          about(object, object.signer().empty() ? object.problem() : "signed by " + object.signer()));
    }
  };
  for (const CommitSignature& commit : facts.all<CommitSignature>()) judge(commit);
  for (const TagSignature& tag : facts.all<TagSignature>()) judge(tag);
  return out;
}

}  // namespace gate::rules
