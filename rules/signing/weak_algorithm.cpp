#include "rules/signing/signatures.h"

namespace gate::rules {

Judged signing_weak_algorithm(const FactSet& facts, const Params&) {
  return judge_signatures(facts, [](SignatureState state) { return state == SignatureState::weak_algorithm; });
}

}  // namespace gate::rules
