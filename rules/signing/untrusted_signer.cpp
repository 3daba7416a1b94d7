#include "rules/signing/signatures.h"

namespace gate::rules {

Judged signing_untrusted_signer(const FactSet& facts, const Params&) {
  return judge_signatures(facts, [](SignatureState state) {
    return state != SignatureState::verified && state != SignatureState::expired_key &&
           state != SignatureState::weak_algorithm;
  });
}

}  // namespace gate::rules
