// No certificate crashes the readers of its extensions; what they accept has the parts that they promise.
#include <cstdint>
#include <cstdlib>

#include "gate/crypto/sct.h"
#include "gate/sigstore/identity.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gate;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)crypto::utf8_string(bytes);
  const auto certificate = crypto::Certificate::from_der(bytes);
  if (!certificate) return 0;
  if (certificate->der() != bytes) std::abort();
  (void)certificate->extended_key_usages();
  if (const auto identity = sigstore::read_identity(*certificate); identity && identity->name.empty()) std::abort();
  const auto key = certificate->public_key();
  const auto scts = crypto::embedded_scts(*certificate);
  for (std::size_t i = 0; key && scts && i < scts->size(); ++i) {
    if ((*scts)[i].log_id.size() != 32) std::abort();
    (void)crypto::verify_sct((*scts)[i], *certificate, *certificate, *key);
  }
  const std::vector<crypto::Certificate> itself{*certificate};
  const auto chain =
      crypto::verify_chain({*certificate, itself, itself, certificate->not_before(), crypto::oid::code_signing});
  if (chain && (chain->empty() || !chain->front().is_valid_at(certificate->not_before()))) std::abort();
  return 0;
}
