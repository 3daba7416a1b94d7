#include "adapters/attest/carrier.h"

#include <fmt/format.h>

#include <algorithm>

namespace gate::attest {

void Opened::refuse(Check& check, std::string code, Error error, std::string clause) {
  check.refused(std::move(code), error, std::move(clause));
  problems.push_back(std::move(error));
}

void Opened::append(Opened more) {
  std::ranges::move(more.payloads, std::back_inserter(payloads));
  std::ranges::move(more.problems, std::back_inserter(problems));
}

Keys read_keys(const std::vector<TrustedKey>& trusted) {
  Keys out;
  for (const TrustedKey& key : trusted) {
    if (key.format != "pem") continue;
    const auto complain = [&](Errc code, std::string_view what) {
      out.problems.push_back({code, fmt::format("the key '{}': {}", key.id, what), key.pem.origin});
    };
    auto parsed = crypto::PublicKey::from_pem(key.pem.bytes);
    if (!parsed) {
      complain(parsed.error().code, parsed.error().what);
      continue;
    }
    // One key is one signer, whatever the number of names that it has.
    const Keys::Key* twin = nullptr;
    for (const Keys::Key& known : out.keys) {
      if (known.id == key.id || known.key.der() == parsed->der()) twin = &known;
    }
    if (!twin) {
      out.keys.push_back({key.id, std::move(*parsed)});
    } else if (twin->id == key.id) {
      complain(Errc::malformed, "the id is used twice");
    } else {
      complain(Errc::malformed, fmt::format("is the same key as '{}'", twin->id));
    }
  }
  return out;
}

std::string Keys::ids() const {
  std::string ids;
  for (const Key& key : keys) ids += (ids.empty() ? "" : ", ") + key.id;
  return ids.empty() ? "no key could be read" : ids;
}

bool signature_fits(const crypto::PublicKey& key, std::string_view message, std::string_view signature) {
  using enum crypto::PublicKey::Hash;
  using enum crypto::PublicKey::RsaPadding;
  if (key.verify(message, signature, natural, pkcs1)) return true;
  return key.type() == crypto::KeyType::rsa && key.verify(message, signature, natural, pss);
}

}  // namespace gate::attest
