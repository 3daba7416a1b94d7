// OpenPGP signatures of git objects, verified in this process. librnp stays inside.
#pragma once

#include <memory>
#include <string_view>

#include "adapters/git/signature.h"
#include "gate/core/document.h"
#include "gate/core/time.h"

namespace gate::git {

class OpenpgpKeyring {
 public:
  // Public keys as `gpg --export` writes them, armoured or not. `now` decides on the validity of keys, for what is
  // signed at any time. Errors: no key, over 4 MiB, what is not a keyring.
  static Result<OpenpgpKeyring> load(const Document& document, Instant now);

  // Every signature there is has to be good, and by one primary key. When a signature says it was made can refuse it,
  // never save it.
  void judge(std::string_view payload, std::string_view armor, SignatureVerdict& verdict) const;

 private:
  struct Impl;
  explicit OpenpgpKeyring(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

// `keyring`: null: no key is trusted.
void judge_openpgp(const OpenpgpKeyring* keyring, std::string_view payload, std::string_view armor,
                   SignatureVerdict& verdict);

}  // namespace gate::git
