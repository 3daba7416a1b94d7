#include "rules/signing/signatures.h"

namespace gate::rules {

Judged signing_expired_key(const FactSet& facts, const Params&) {
  return judge_signatures(facts, [](SignatureState state) {
    return state == SignatureState::expired_key || state == SignatureState::not_yet_valid ||
           state == SignatureState::revoked_key;
  });
}

}  // namespace gate::rules
