#include "gate/app/trust_root.h"

#include <cstdio>
#include <cstdlib>

#include "gate/app/catalogue.h"
#include "gate/policy/trust_root.h"

namespace gate::app {

std::optional<sigstore::TrustedRoot> embedded_trust_root(const std::string& name) {
  if (name == "none") return sigstore::TrustedRoot{};
  const std::string_view* bytes = trust_root_source(name);
  if (!bytes) return std::nullopt;
  policy::Complaints complaints;
  auto root = policy::read_trust_root("policies/trust/" + name + ".yaml", *bytes, complaints);
  if (root) return root;
  std::fprintf(stderr, "gate: internal error in embedded data: %s\n", describe(complaints.first()).c_str());
  std::abort();
}

Result<sigstore::TrustedRoot> load_trust_root(const std::string& name_or_path,
                                              const std::function<Result<Document>(const std::string& path)>& read) {
  if (auto embedded = embedded_trust_root(name_or_path)) return std::move(*embedded);
  const auto document = read(name_or_path);
  if (!document) return document.error();
  return sigstore::parse_trusted_root(*document);
}

std::optional<std::string> root_of_signatures(const Trust& trust) {
  if (!trust.identities.empty()) return trust.sigstore_root.value_or("public-good");
  return trust.x509_roots ? trust.sigstore_root : std::nullopt;
}

}  // namespace gate::app
