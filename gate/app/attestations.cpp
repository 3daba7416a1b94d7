#include "gate/app/attestations.h"

#include "gate/app/trust_root.h"
#include "gate/crypto/digest.h"
#include "gate/host/host.h"

namespace gate::app {
namespace {

constexpr std::uint64_t largest_kept = 64u << 20, largest_attestation = 16u << 20;

class Attestations {
 public:
  Attestations(const Project& project, const Policy& policy, const std::string& head, Gathered& out)
      : head_(head), out_(out) {
    trust_.threshold = static_cast<std::size_t>(policy.trust.threshold);
    trust_.identities = policy.trust.sigstore_identities;
    trust_.builders = policy.trust.builders;
    for (const TrustedKey& key : policy.trust.keys) {
      auto file = read(project, "key", key.format, key.path);
      if (file) trust_.keys.push_back({key.id, std::move(*file), key.format});
    }
    if (policy.trust.sigstore_root) read_root(project, *policy.trust.sigstore_root);
  }

  void take(const AttestationInput& input) {
    if (input.subject.empty()) {
      verify(input, head_.empty()
                        ? Result<attest::Expectation>(Error{
                              Errc::not_found, "no commit is judged that it could be about", {input.path, {}, {}}})
                        : attest::Expectation{.subject_path = "HEAD", .subject_sha256 = {}, .commit = head_});
      return;
    }
    const auto file = hash_artifact(input.subject);
    take_artifact(input.subject, file);
    auto expectation = file ? Result<attest::Expectation>(expect_file(input.subject, *file)) : file.error();
    verify(input, std::move(expectation));
  }

 private:
  // What cannot be read is a problem of every attestation.
  std::optional<Document> read(const Project& project, std::string role, std::string format, const std::string& path) {
    auto document = project.read_trusted(path);
    evidence::InputRecord record{std::move(role), std::move(format), path, {}, 0, {}};
    if (document) {
      record.sha256 = document->origin.sha256;
      record.bytes = document->bytes.size();
    } else {
      record.problems.push_back(document.error());
      out_.batches.push_back(nothing_seen({FactKind::statement}, document.error()));
    }
    out_.inputs.push_back(std::move(record));
    return document ? std::optional(std::move(*document)) : std::nullopt;
  }

  void read_root(const Project& project, const std::string& name_or_path) {
    if (auto embedded = embedded_trust_root(name_or_path)) {
      trust_.root = std::move(*embedded);
      return;
    }
    const auto document = read(project, "trust root", "trusted_root", name_or_path);
    if (!document) return;
    auto root = sigstore::parse_trusted_root(*document);
    if (root) {
      trust_.root = std::move(*root);
    } else {
      out_.batches.push_back(nothing_seen({FactKind::statement}, root.error()));
    }
  }

  void take_artifact(const std::string& path, const Result<HashedFile>& file) {
    FactBatch batch;
    batch.coverage[FactKind::artifact] = Coverage::complete;
    evidence::InputRecord record{"artifact", "", path, {}, 0, {}};
    if (file) {
      record.sha256 = file->sha256;
      record.bytes = file->size;
      batch.facts.add(Artifact{path, file->sha256, head_, {path, file->sha256, {}}});
      out_.subjects.push_back({path, "sha256", file->sha256});
    } else {
      record.problems.push_back(file.error());
      batch.lower(file.error(), Coverage::absent);
    }
    out_.inputs.push_back(std::move(record));
    out_.batches.push_back(std::move(batch));
  }

  void verify(const AttestationInput& input, Result<attest::Expectation> expectation) {
    const auto document = host::read_file(input.path, largest_attestation);
    evidence::InputRecord record{"attestation", input.format, input.path, {}, 0, {}};
    FactBatch batch;
    if (document) {
      record.sha256 = document->origin.sha256;
      record.bytes = document->bytes.size();
    }
    if (!document || !expectation) {
      batch = nothing_seen({FactKind::statement}, document ? expectation.error() : document.error());
    } else {
      expectation->skip_others = input.skip_others;
      expectation->package = input.package;
      Check reasons{.code = "attestation", .what = input.path};
      auto verified = attest::verify(input.format, *document, trust_, *expectation, reasons);
      batch = verified ? std::move(*verified) : nothing_seen({FactKind::statement}, verified.error());
    }
    record.problems = batch.problems;
    out_.inputs.push_back(std::move(record));
    out_.batches.push_back(std::move(batch));
  }

  const std::string& head_;
  Gathered& out_;
  attest::Trust trust_;
};

}  // namespace

Result<HashedFile> hash_artifact(const std::string& path) {
  auto document = host::read_file(path, largest_kept);
  if (document) {
    HashedFile file;
    file.sha256 = document->origin.sha256;
    file.sha384 = crypto::to_hex(crypto::sha384(document->bytes));
    file.sha512 = crypto::to_hex(crypto::sha512(document->bytes));
    file.size = document->bytes.size();
    file.bytes = std::move(document->bytes);
    return file;
  }
  if (document.error().code != Errc::too_large) return document.error();
  auto digest = host::hash_file(path);
  if (!digest) return digest.error();
  HashedFile file;
  file.sha256 = std::move(digest->sha256);
  file.size = digest->bytes;
  return file;
}

attest::Expectation expect_file(const std::string& path, const HashedFile& file) {
  attest::Expectation expectation{.subject_path = path,
                                  .subject_sha256 = file.sha256,
                                  .subject_sha384 = file.sha384,
                                  .subject_sha512 = file.sha512};
  if (file.bytes) expectation.bytes = *file.bytes;
  return expectation;
}

void gather_attestations(const Project& project, const Policy& policy, const std::string& head, Gathered& out) {
  Attestations attestations(project, policy, head, out);
  for (const AttestationInput& input : policy.inputs.attestations) attestations.take(input);
}

}  // namespace gate::app
