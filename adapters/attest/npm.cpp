#include "adapters/attest/npm.h"

#include <algorithm>

#include "adapters/attest/place.h"
#include "gate/crypto/digest.h"
#include "gate/json/value.h"
#include "gate/model/purl.h"

namespace gate::attest {
namespace {

constexpr const char* clause = "npm attestation, publish v0.1";

std::string text_of(const NpmPackage& package) { return package.name + "@" + package.version; }

// The one subject has the package's name and the archive's SHA-512, which is the digest that npm itself goes by.
void check_subject(const json::View& statement, const NpmTerms& terms, const NpmPackage& package, Check& check) {
  const auto subjects = statement.elements("subject");
  if (!subjects) return void(check.refused("statement-malformed", subjects.error(), clause));
  if (subjects->size() != 1)
    return void(
        check.differs("npm-subject-count", "not exactly one subject", "1", std::to_string(subjects->size()), clause));
  const json::View& subject = subjects->front();
  const auto name = subject.text("name");
  if (!name) return void(check.refused("statement-malformed", name.error(), clause));
  const auto digests = subject.member("digest");
  const auto sha512 = digests ? digests->text("sha512") : Result<std::string>(digests.error());
  if (!sha512) return void(check.refused("statement-malformed", sha512.error(), clause));
  const auto named = npm_package(*name);
  if (!named || *named != package) {
    check.differs("npm-package-mismatch", "the statement is about another package", text_of(package), quote(*name),
                  clause);
  } else if (terms.artifact->sha512.empty()) {
    check.not_looked("subject-digest-unknown", "only the file tells its SHA-512", clause);
  } else if (*sha512 != crypto::to_hex(terms.artifact->sha512)) {
    check.differs("wrong-subject", "the statement is about another archive",
                  "sha512 " + crypto::to_hex(terms.artifact->sha512), "sha512 " + quote(*sha512), clause);
  } else {
    check.passed("npm-subject", quote(*name) + " with the SHA-512 of " + quote(terms.artifact->path), clause);
  }
}

// The registry's predicate says the name and version once more.
void check_publish(const json::View& statement, const NpmPackage& package, Check& check) {
  const auto predicate = statement.member("predicate");
  if (!predicate) return void(check.refused("statement-malformed", predicate.error(), clause));
  const auto name = predicate->text("name"), version = predicate->text("version");
  if (!name || !version)
    return void(check.refused("statement-malformed", !name ? name.error() : version.error(), clause));
  const NpmPackage published{*name, *version};
  if (published == package) {
    check.passed("npm-published", "published as " + text_of(package), clause);
  } else {
    check.differs("npm-package-mismatch", "the registry published another package", text_of(package),
                  quote(text_of(published)), clause);
  }
}

class NpmVerifier {
 public:
  NpmVerifier(const NpmTerms& terms, NpmPackage package) : terms_(terms), package_(std::move(package)) {}

  std::optional<VerifiedBundle> run(const Carried& carried, Check& check) const {
    const auto& bundle = std::get<Bundle>(carried.content);
    const bool publish = carried.predicate_type == npm_publish;
    const auto signer = publish ? registry_key(bundle, check) : std::optional(terms_.builder);
    if (!signer) return std::nullopt;
    auto verified = verify_bundle(bundle, {.root = terms_.root, .signer = *signer, .artifact = terms_.artifact}, check);
    if (!verified) return std::nullopt;
    Check content{.code = "npm-statement", .what = "the statement is about the package", .where = carried.origin};
    check_statement(*verified, carried, content);
    if (!check.add(std::move(content))) return std::nullopt;
    return verified;
  }

 private:
  std::optional<ExpectedSigner> registry_key(const Bundle& bundle, Check& check) const {
    const auto* material = std::get_if<KeyMaterial>(&bundle.material);
    const std::string hint = material ? material->hint : std::string();
    for (const ManagedKey& key : terms_.registry) {
      if (npm_key_id(key.key) == hint) return ExpectedSigner(key);
    }
    check.differs("key-unknown", "no trusted key of the registry has the name in the bundle", known_names(),
                  quote(hint));
    return std::nullopt;
  }

  std::string known_names() const {
    std::string names;
    for (const ManagedKey& key : terms_.registry) names += (names.empty() ? "" : ", ") + npm_key_id(key.key);
    return names.empty() ? "none is trusted" : names;
  }

  void check_statement(const VerifiedBundle& verified, const Carried& carried, Check& check) const {
    const auto value = json::parse(verified.payload(), check.where.artifact, {.bytes = most_bundle_bytes});
    if (!value) return void(check.refused("statement-malformed", value.error(), clause));
    const json::View statement(*value, check.where.artifact);
    const auto type = statement.text("predicateType");
    if (!type) return void(check.refused("statement-malformed", type.error(), clause));
    if (*type != carried.predicate_type)
      return void(check.differs("predicate-type-mismatch", "signed as another type than is said beside it",
                                quote(carried.predicate_type), quote(*type), clause));
    check_subject(statement, terms_, package_, check);
    if (check.is_ok() && *type == npm_publish) check_publish(statement, package_, check);
  }

  const NpmTerms& terms_;
  NpmPackage package_;
};

}  // namespace

std::optional<NpmPackage> npm_package(std::string_view purl) {
  const auto parsed = model::parse_purl(purl);
  if (!parsed || parsed->type != "npm" || parsed->version.empty()) return std::nullopt;
  return NpmPackage{parsed->space.empty() ? parsed->name : parsed->space + "/" + parsed->name, parsed->version};
}

std::string npm_key_id(const crypto::PublicKey& key) {
  std::string id = "SHA256:" + crypto::to_base64(crypto::sha256(key.der()));
  id.erase(id.find_last_not_of('=') + 1);
  return id;
}

std::optional<VerifiedNpm> verify_npm(const std::vector<Carried>& attestations, const NpmTerms& terms, Check& check) {
  auto package = npm_package(terms.package);
  if (!package) {
    check.failed("package-unset", "no package URL of npm with a version to compare with: " + quote(terms.package));
    return std::nullopt;
  }
  if (!terms.artifact) {
    check.not_looked("artifact-missing", "the attestations of a package are checked against its archive");
    return std::nullopt;
  }
  const NpmVerifier verifier(terms, std::move(*package));
  std::optional<VerifiedBundle> publish, provenance;
  for (const Carried& carried : attestations) {
    Check one{.code = "npm-attestation", .what = "the attestation verifies", .where = carried.origin};
    auto& slot = carried.predicate_type == npm_publish ? publish : provenance;
    slot = verifier.run(carried, one);
    if (!check.add(std::move(one)) || !slot) return std::nullopt;
  }
  if (publish && provenance) return VerifiedNpm{std::move(*publish), std::move(*provenance)};
  check.failed("npm-attestation-missing", publish ? "no provenance" : "no publish attestation", clause);
  return std::nullopt;
}

}  // namespace gate::attest
