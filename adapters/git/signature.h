// What a signature of git is worth: one answer for commits and tags, whatever made it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/check.h"
#include "gate/core/fact.h"

namespace gate::git {

struct SignatureVerdict {
  std::string format;                                    // "ssh", "openpgp", "x509", "unknown"
  std::string signer;                                    // whom the policy trusts; empty exactly if it is not verified
  std::string key;                                       // fingerprint
  std::string algorithm;                                 // as its format names it
  SignatureState state = SignatureState::not_supported;  // until somebody judged
  bool not_looked = false;                               // gate lacks what it takes to judge: neither good nor bad
  Check check;                                           // why; a refusal's code is the state's name

  // Each ends the judgement.
  void accept(std::string name, std::string what, std::string clause = {});
  void refuse(SignatureState why, std::string what, std::string clause = {});
  void cannot_verify(std::string what, std::string clause = {});
  void refuse(const Error& error, std::string clause = {});  // by the error's code: malformed, weak, unsupported
  // Takes over what another verification found. False where it is not good, which ends the judgement.
  bool take(Check part, SignatureState otherwise);
  std::string problem() const;  // empty exactly if there is none
};

// Everything between the first line and the last, each of which stands there once, without line breaks; nothing where
// it is not so, or where other digits than those of base64 stand in between.
std::optional<std::string> dearmor(std::string_view text, std::string_view begin, std::string_view end);

}  // namespace gate::git
