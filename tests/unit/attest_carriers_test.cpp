// Attestations in the form of each ecosystem, made here by an authority of our own; and twins that are wrong in one
// point.
#include "adapters/attest/carriers/carried.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "adapters/attest/attest.h"
#include "adapters/attest/npm.h"
#include "adapters/attest/sigstore_bundle.h"
#include "adapters/attest/subject.h"
#include "gate/crypto/digest.h"
#include "tests/unit/sigstore_authority.h"

namespace gate::attest {
namespace {

using namespace std::chrono_literals;
using test::Holder;
using test::KeyPair;
using test::signing_moment;

const std::string identity = "https://example.org/workflow@refs/heads/main", issuer = "https://issuer.example.org";
const std::string message = "the artifact's bytes\n", other_message = "another artifact's bytes\n";
const std::string purl = "pkg:npm/%40acme/app@1.0.0", slsa = "https://slsa.dev/provenance/v1";
constexpr const char* in_toto = "application/vnd.in-toto+json";

Artifact artifact_of(const std::string& bytes) {
  return {.path = "app",
          .sha256 = crypto::sha256(bytes),
          .sha384 = crypto::sha384(bytes),
          .sha512 = crypto::sha512(bytes),
          .bytes = bytes};
}

std::string b64(const std::string& bytes) { return crypto::to_base64(bytes); }

// A statement's text, about `message` unless a test says otherwise.
struct Words {
  std::string type = slsa, subject = "app", about = message;
  json::Value predicate{{"buildDefinition", {{"buildType", "https://example.org/make"}}},
                        {"runDetails", {{"builder", {{"id", "https://example.org/group/project/-/runners/7"}}}}}};

  std::string text() const {
    return json::to_string({{"_type", "https://in-toto.io/Statement/v1"},
                            {"predicateType", type},
                            {"predicate", predicate},
                            {"subject", json::Array{{{"name", subject},
                                                     {"digest",
                                                      {{"sha256", crypto::sha256_hex(about)},
                                                       {"sha512", crypto::to_hex(crypto::sha512(about))}}}}}}});
  }
};

Words publish_words(const std::string& package = purl, const std::string& name = "@acme/app",
                    const std::string& version = "1.0.0") {
  return {.type = std::string(npm_publish),
          .subject = package,
          .predicate = {{"name", name}, {"version", version}, {"registry", "https://registry.example.org"}}};
}

// A whole Sigstore, a signer with a certificate of it, and a signer with a key.
struct World {
  Instant from = signing_moment - 24h * 300, until = signing_moment + 24h * 300;
  Holder root = test::make_root("root", from, until);
  Holder intermediate = test::issue(
      root, {.subject = "intermediate", .from = from, .until = until, .authority = true, .usages = "codeSigning"},
      test::make_key());
  KeyPair certificate_log = test::make_key(), key = test::make_key();
  test::TestLog rekor{"https://rekor.example.org", test::make_key(), false};
  Holder leaf =
      test::issue(intermediate,
                  {.usages = "codeSigning",
                   .names = "critical,URI:" + identity,
                   .extensions = {{test::fulcio_oid(1), issuer}, {test::fulcio_oid(8), test::utf8_der(issuer)}}},
                  test::make_key(), {certificate_log});
  sigstore::TrustedRoot trusted;
  ExpectedSigner signer = ExactIdentity{identity, issuer};
  std::vector<ManagedKey> keys{managed(key)};
  std::optional<Artifact> artifact = artifact_of(message);
  std::string package = purl;

  World() {
    const sigstore::Interval always{from, until};
    trusted.transparency_logs = {rekor.trusted(always)};
    trusted.certificate_logs = {*sigstore::make_log("https://ct.example.org", "PKIX_ECDSA_P256_SHA_256",
                                                    test::public_der(certificate_log), always)};
    trusted.certificate_authorities = {{"", {intermediate.certificate(), root.certificate()}, always}};
  }
  static ManagedKey managed(const KeyPair& pair) {
    return {"registry", *crypto::PublicKey::from_der(test::public_der(pair))};
  }

  static std::string pae(const std::string& payload) { return pre_authentication_encoding(in_toto, payload); }
  json::Value envelope(const std::string& payload, const KeyPair& by, const std::string& certificate = {}) const {
    json::Value signature{{"sig", b64(test::sign(by, pae(payload)))}};
    if (!certificate.empty()) signature["cert"] = certificate;
    return {{"payload", b64(payload)}, {"payloadType", in_toto}, {"signatures", json::Array{signature}}};
  }
  std::string leaf_pem() const { return test::pem("CERTIFICATE", leaf.der()); }

  json::Value entry(const std::string& payload, const std::string& signature, const std::string& pem) const {
    return rekor.entry(
        "hashedrekord", "0.0.1",
        json::to_string({{"apiVersion", "0.0.1"},
                         {"kind", "hashedrekord"},
                         {"spec",
                          {{"data", {{"hash", {{"algorithm", "sha256"}, {"value", crypto::sha256_hex(pae(payload))}}}}},
                           {"signature", {{"content", signature}, {"publicKey", {{"content", b64(pem)}}}}}}}}),
        signing_moment);
  }
  json::Value bundle(const std::string& payload, json::Value material, const KeyPair& by,
                     const std::string& pem) const {
    json::Value signed_part = envelope(payload, by);
    const std::string signature = *signed_part.find("signatures")->array()->front().find("sig")->text();
    material["tlogEntries"] = json::Array{entry(payload, signature, pem)};
    return {{"mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json"},
            {"verificationMaterial", material},
            {"dsseEnvelope", signed_part}};
  }
  json::Value bundle(const std::string& payload) const {
    return bundle(payload, {{"certificate", {{"rawBytes", b64(leaf.der())}}}}, leaf.key, leaf_pem());
  }
  json::Value key_bundle(const std::string& payload) const {
    return bundle(payload, {{"publicKey", {{"hint", npm_key_id(keys[0].key)}}}}, key,
                  test::pem("PUBLIC KEY", test::public_der(key)));
  }
  json::Value npm(const Words& publish = publish_words(), const Words& provenance = {.subject = purl}) const {
    return {{"attestations", json::Array{{{"predicateType", publish.type}, {"bundle", key_bundle(publish.text())}},
                                         {{"predicateType", provenance.type}, {"bundle", bundle(provenance.text())}}}}};
  }
  json::Value pypi(const std::string& payload) const {
    const std::string signature = b64(test::sign(leaf.key, pae(payload)));
    return {{"version", 1},
            {"verification_material",
             {{"certificate", b64(leaf.der())},
              {"transparency_entries", json::Array{entry(payload, signature, leaf_pem())}}}},
            {"envelope", {{"statement", b64(payload)}, {"signature", signature}}}};
  }
  json::Value pypi_provenance(const std::string& payload) const {
    return {{"version", 1},
            {"attestation_bundles",
             json::Array{{{"publisher", {{"kind", "GitHub"}}}, {"attestations", json::Array{pypi(payload)}}}}}};
  }
  json::Value task_run(const json::Value& signed_part, const std::string& certificate = {}) const {
    return {{"apiVersion", "tekton.dev/v1"},
            {"kind", "TaskRun"},
            {"metadata",
             {{"uid", "6f1c"},
              {"annotations",
               {{"chains.tekton.dev/signature-taskrun-6f1c", b64(json::to_string(signed_part))},
                {"chains.tekton.dev/cert-taskrun-6f1c", b64(certificate)},
                {"chains.tekton.dev/chain-taskrun-6f1c", ""}}}}}};
  }
};

const World& world() {
  static const World made;
  return made;
}

Document file(const std::string& bytes) { return {bytes, {"attestation", {}, {}}}; }

// An envelope that a key signed; k of n is the policy's, here it is one of one.
void judge_envelope(const Envelope& envelope, const World& by, Check& check) {
  for (const ManagedKey& key : by.keys) {
    if (!key.key.verify(World::pae(envelope.payload), envelope.signatures.front())) continue;
    return match_subject(envelope.payload, *by.artifact, check);
  }
  check.failed("signature-invalid", "no key");
}

// What comes of it: "verified", "unsigned", "unreadable", or the code of the first problem.
std::string answer(const std::string& name, const std::string& bytes, const World& by = world()) {
  const auto carried = find_reader(name)->read(file(bytes));
  if (!carried) return "unreadable";
  EXPECT_FALSE(carried->empty());
  Check check{.code = "attestations", .what = "test"};
  const BundleTerms terms{.root = by.trusted, .signer = by.signer, .artifact = by.artifact};
  if (name == "npm") {
    const bool verified =
        verify_npm(*carried, {by.trusted, by.signer, by.keys, by.artifact, by.package}, check).has_value();
    EXPECT_EQ(verified, check.first_problem() == nullptr);
  } else {
    for (const Carried& one : *carried) {
      Check part{.code = "attestation", .what = "test"};
      if (const auto* bundle = std::get_if<Bundle>(&one.content)) {
        const bool verified = verify_bundle(*bundle, terms, part).has_value();
        EXPECT_EQ(verified, part.first_problem() == nullptr);
      } else if (const auto* envelope = std::get_if<Envelope>(&one.content)) {
        judge_envelope(*envelope, by, part);
      } else {
        return "unsigned";
      }
      check.add(std::move(part));
    }
  }
  return check.first_problem() ? check.first_problem()->code : "verified";
}
std::string answer(const std::string& name, const json::Value& value, const World& by = world()) {
  return answer(name, json::to_string(value), by);
}

struct Sample {
  std::string name, text, good;
};

// A good document of every carrier, with what has to come of it.
std::vector<Sample> samples(const Words& words = {}) {
  const World& w = world();
  const std::string payload = words.text();
  const auto text = [](const json::Value& value) { return json::to_string(value); };
  Words provenance = words, publish = publish_words();
  provenance.subject = purl;
  publish.about = words.about;
  return {{"buildkit", payload, "unsigned"},
          {"github", text(w.bundle(payload)), "verified"},
          {"github", text(w.bundle(payload)) + "\n" + text(w.bundle(payload)) + "\n", "verified"},
          {"gitlab-runner", payload, "unsigned"},
          {"npm", text(w.npm(publish, provenance)), "verified"},
          {"pypi-attestation", text(w.pypi(payload)), "verified"},
          {"pypi-provenance", text(w.pypi_provenance(payload)), "verified"},
          {"slsa-github-generator", text(w.bundle(payload)), "verified"},
          {"slsa-github-generator", text(w.envelope(payload, w.leaf.key, w.leaf_pem())), "log-entries-missing"},
          {"tekton-chains", text(w.task_run(w.envelope(payload, w.key))), "verified"},
          {"tekton-chains", text(w.task_run(w.envelope(payload, w.leaf.key), w.leaf_pem())), "log-entries-missing"}};
}

TEST(AttestCarriers, GoodOnesAreReadForWhatTheyAre) {
  for (const Sample& sample : samples()) EXPECT_EQ(answer(sample.name, sample.text), sample.good) << sample.name;
}

TEST(AttestCarriers, TheTableNamesEveryCarrierOnceAndEachHasASample) {
  std::map<std::string, int, std::less<>> sampled;
  for (const Sample& sample : samples()) ++sampled[sample.name];
  EXPECT_EQ(sampled.size(), carrier_readers().size());
  for (const CarrierReader& carrier : carrier_readers()) EXPECT_TRUE(sampled.contains(carrier.name)) << carrier.name;
  EXPECT_EQ(find_reader("slsa_github_generator"), nullptr);
}

TEST(AttestCarriers, AnotherSubjectIsRefused) {
  const Words other{.about = other_message};
  for (const Sample& sample : samples(other)) {
    const std::string got = answer(sample.name, sample.text);
    if (sample.good == "unsigned") {
      EXPECT_EQ(got, "unsigned");
    } else {
      EXPECT_EQ(got, sample.good == "verified" ? "wrong-subject" : sample.good) << sample.name;
    }
  }
}

TEST(AttestCarriers, AnotherSignerIsRefused) {
  World other;
  other.signer = ExactIdentity{"https://example.org/another@refs/heads/main", issuer};
  for (const Sample& sample : samples()) {
    if (sample.good == "unsigned") continue;
    // Another authority of the same names, and another key.
    EXPECT_NE(answer(sample.name, sample.text, other), "verified") << sample.name;
    World stranger = world();
    stranger.signer = other.signer;
    stranger.keys = other.keys;
    EXPECT_NE(answer(sample.name, sample.text, stranger), "verified") << sample.name;
  }
}

TEST(AttestCarriers, TheNextVersionIsRefused) {
  const std::map<std::string, std::vector<std::pair<std::string, std::string>>> next{
      {"buildkit", {{"provenance/v1", "provenance/v2"}, {"Statement/v1", "Statement/v2"}}},
      {"github", {{"bundle.v0.3", "bundle.v0.4"}}},
      {"gitlab-runner", {{"provenance/v1", "provenance/v2"}, {"Statement/v1", "Statement/v2"}}},
      {"npm", {{"publish/v0.1", "publish/v0.2"}, {"provenance/v1", "provenance/v2"}, {"bundle.v0.3", "bundle.v0.4"}}},
      {"pypi-attestation", {{"\"version\":1", "\"version\":2"}}},
      {"pypi-provenance", {{"\"version\":1", "\"version\":2"}}},
      {"slsa-github-generator", {{"in-toto+json", "in-toto.v2+json"}}},
      {"tekton-chains", {{"tekton.dev/v1\"", "tekton.dev/v2\""}}}};
  for (const Sample& sample : samples()) {
    for (const auto& [from, to] : next.at(sample.name)) {
      std::string text = sample.text;
      ASSERT_NE(text.find(from), std::string::npos) << sample.name << " " << from;
      for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
      EXPECT_EQ(answer(sample.name, text), "unreadable") << sample.name << " " << to;
    }
  }
}

TEST(AttestCarriers, ATruncatedOrFollowedOneIsUnreadable) {
  for (const Sample& sample : samples()) {
    const bool lines = sample.text.find('\n') != std::string::npos;
    for (std::size_t size = 0; size + 1 < sample.text.size(); size += 61) {
      const std::string cut = sample.text.substr(0, size);
      if (lines && cut.size() <= sample.text.find('\n') + 1 && cut.size() >= sample.text.find('\n'))
        continue;  // one whole line
      EXPECT_EQ(answer(sample.name, cut), "unreadable") << sample.name << " cut at " << size;
    }
    for (const char* more : {"x", "{}", "\n{}", "\0"})
      EXPECT_EQ(answer(sample.name, sample.text + std::string(more, more[0] ? std::string(more).size() : 1)),
                "unreadable")
          << sample.name << " followed by " << more;
  }
}

// Calls `visit` with each document that lacks one member, wherever it stands.
void without_each(json::Value& value, const std::string& at, const std::function<void(const std::string&)>& visit) {
  if (json::Array* array = value.array()) {
    for (std::size_t i = 0; i < array->size(); ++i) without_each((*array)[i], at + "/" + std::to_string(i), visit);
  } else if (json::Object* object = value.object()) {
    const json::Object kept = *object;
    for (const auto& [key, member] : kept.members()) {
      (*object)[key] = nullptr;  // to the readers null and absent are one
      visit(at + "/" + key);
      (*object)[key] = member;
      without_each((*object)[key], at + "/" + key, visit);
    }
  }
}

TEST(AttestCarriers, AMissingMemberIsRefusedUnlessItSaysNothing) {
  // The publisher is the index's word about the certificate, which gate reads itself.
  const auto says_nothing = [](const std::string& name, const std::string& at) {
    return at.find("/publisher") != std::string::npos ||
           (name == "tekton-chains" && at.find("chain-taskrun") != std::string::npos) ||
           (name == "tekton-chains" &&
            at.find("cert-taskrun") != std::string::npos) ||  // then a key has to have signed
           at.ends_with("/logIndex");  // zero is left out in protobuf's JSON form, and the log's first entry is meant
  };
  std::size_t twins = 0;
  for (const Sample& sample : samples()) {
    if (sample.text.find('\n') != std::string::npos) continue;
    auto value = json::parse(sample.text, "sample");
    ASSERT_TRUE(value);
    without_each(*value, "", [&](const std::string& at) {
      if (sample.good == "unsigned" || says_nothing(sample.name, at)) return;
      ++twins;
      EXPECT_NE(answer(sample.name, *value), "verified") << sample.name << at;
    });
  }
  EXPECT_GT(twins, 120u);
}

TEST(AttestCarriers, AUselessMemberIsRefusedWhereTheFormatIsClosed) {
  const World& w = world();
  const std::string payload = Words().text();
  json::Value bundle = w.bundle(payload), attestation = w.pypi(payload);
  bundle["extra"] = 1;
  attestation["verification_material"]["extra"] = 1;
  EXPECT_EQ(answer("github", bundle), "unreadable");
  EXPECT_EQ(answer("pypi-attestation", attestation), "unreadable");
}

TEST(AttestCarriers, OneCarrierIsNotReadAsAnother) {
  const World& w = world();
  const std::string payload = Words().text();
  EXPECT_EQ(answer("github", w.envelope(payload, w.key)), "unreadable");
  EXPECT_EQ(answer("github", w.key_bundle(payload)), "unreadable") << "a certificate belongs there";
  EXPECT_EQ(answer("buildkit", w.envelope(payload, w.key)), "unreadable");
  EXPECT_EQ(answer("gitlab-runner", w.bundle(payload)), "unreadable");
  EXPECT_EQ(answer("pypi-attestation", w.pypi_provenance(payload)), "unreadable");
  EXPECT_EQ(answer("slsa-github-generator", w.envelope(payload, w.key)), "unreadable") << "no certificate";
}

TEST(AttestCarriers, EveryLineHasToVerify) {
  const World& w = world();
  const std::string good = json::to_string(w.bundle(Words().text()));
  std::string bad = json::to_string(w.bundle(Words{.subject = "b"}.text()));
  bad.replace(bad.find("\"sig\":\"") + 20, 1, bad[bad.find("\"sig\":\"") + 20] == 'A' ? "B" : "A");
  EXPECT_NE(answer("github", good + "\n" + bad + "\n"), "verified");
  EXPECT_NE(answer("github", bad + "\n" + good + "\n"), "verified");
}

TEST(AttestUnsigned, TellsWhoSaysItAndIsNothingThatAVerifierTakes) {
  const auto carried = find_reader("gitlab-runner")->read(file(Words().text()));
  ASSERT_TRUE(carried);
  const auto& statement = std::get<UnsignedStatement>(carried->front().content);
  EXPECT_EQ(statement.builder, "https://example.org/group/project/-/runners/7");
  EXPECT_EQ(statement.predicate_type, slsa);
  EXPECT_EQ(UnsignedStatement::highest_level, 1);
  static_assert(!std::is_convertible_v<UnsignedStatement, Envelope> &&
                !std::is_convertible_v<UnsignedStatement, Bundle>);
  Words not_gitlab;
  not_gitlab.predicate["runDetails"]["builder"]["id"] = "https://example.org/other";
  EXPECT_EQ(answer("gitlab-runner", not_gitlab.text()), "unreadable");
  EXPECT_EQ(answer("buildkit", not_gitlab.text()), "unsigned");
  not_gitlab.type = "https://slsa.dev/provenance/v0.2";
  EXPECT_EQ(answer("buildkit", not_gitlab.text()), "unreadable") << "in v0.2 the builder stands higher";
  not_gitlab.predicate = {{"builder", {{"id", "https://example.org/group/project/-/runners/7"}}}};
  EXPECT_EQ(answer("gitlab-runner", not_gitlab.text()), "unsigned");
}

// --- as the policy and the command line take them ---

struct Verdict {
  std::size_t facts = 0;
  Coverage coverage = Coverage::absent;
  bool ok = false;
};

Verdict verdict_of(const std::string& format, const std::string& bytes, const World& by = world(),
                   const std::string& expected = message) {
  Trust trust;
  trust.keys = {{"release", file(test::pem("PUBLIC KEY", test::public_der(by.key)))}};
  trust.root = by.trusted;
  trust.identities = {{identity, issuer}};
  const Expectation expectation{.subject_path = "app",
                                .subject_sha256 = crypto::sha256_hex(expected),
                                .subject_sha384 = crypto::to_hex(crypto::sha384(expected)),
                                .subject_sha512 = crypto::to_hex(crypto::sha512(expected)),
                                .bytes = expected,
                                .package = purl};
  Check check{.code = "attestation", .what = "test"};
  const auto batch = verify(format, file(bytes), trust, expectation, check);
  if (!batch) return {};
  return {batch->facts.of<VerifiedStatement>().size(), batch->coverage.at(FactKind::statement), check.is_ok()};
}

TEST(AttestCarriers, OnlyWhatIsSignedBecomesAFact) {
  Words words;
  words.predicate["buildDefinition"]["externalParameters"] = json::Object{};
  for (const Sample& sample : samples(words)) {
    const bool lines = sample.text.find('\n') != std::string::npos;
    const std::size_t facts = sample.good != "verified" ? 0 : lines || sample.name == "npm" ? 2 : 1;
    const Verdict got = verdict_of(sample.name, sample.text);
    EXPECT_EQ(got.facts, facts) << sample.name;
    EXPECT_EQ(got.coverage, facts > 0 ? Coverage::complete : Coverage::absent) << sample.name;
    EXPECT_EQ(got.ok, facts > 0) << sample.name;
    EXPECT_EQ(verdict_of(sample.name, sample.text, World()).facts, 0u) << sample.name << " of another world";
    EXPECT_EQ(verdict_of(sample.name, sample.text, world(), other_message).facts, 0u) << sample.name;
  }
}

TEST(AttestCarriers, ADetachedSignatureIsAFactAboutTheArtifact) {
  const std::string signature = crypto::to_base64(test::sign(world().key, message)) + "\n";
  EXPECT_EQ(verdict_of("cosign", signature).facts, 1u);
  EXPECT_EQ(verdict_of("cosign", signature, world(), other_message).facts, 0u);
  EXPECT_EQ(verdict_of("cosign", signature, World()).facts, 0u);
  EXPECT_EQ(verdict_of("minisign", signature).facts, 0u);
}

// GHSA-r2xv (V22): each of both, the key, the digest, the name.
TEST(AttestNpm, BothAreNeeded) {
  const World& w = world();
  json::Value both = w.npm();
  json::Array list = *both.find("attestations")->array();
  const auto with = [](json::Array attestations) { return json::Value{{"attestations", std::move(attestations)}}; };
  EXPECT_EQ(answer("npm", with({list[1], list[0]})), "verified") << "in any order";
  EXPECT_EQ(answer("npm", with({list[0]})), "unreadable");
  EXPECT_EQ(answer("npm", with({list[1]})), "unreadable");
  EXPECT_EQ(answer("npm", with({list[0], list[0]})), "unreadable");
  EXPECT_EQ(answer("npm", with({list[0], list[1], list[1]})), "unreadable");
  EXPECT_EQ(answer("npm", with({})), "unreadable");
}

TEST(AttestNpm, TheStatedTypeIsThePayloads) {
  const World& w = world();
  const std::string publish = publish_words().text(), provenance = Words{.subject = purl}.text();
  const auto swapped = [&](const std::string& registry, const std::string& builder) {
    return json::Value{
        {"attestations", json::Array{{{"predicateType", std::string(npm_publish)}, {"bundle", w.key_bundle(registry)}},
                                     {{"predicateType", slsa}, {"bundle", w.bundle(builder)}}}}};
  };
  EXPECT_EQ(answer("npm", swapped(publish, provenance)), "verified");
  EXPECT_EQ(answer("npm", swapped(provenance, provenance)), "predicate-type-mismatch");
  EXPECT_EQ(answer("npm", swapped(publish, publish)), "predicate-type-mismatch");
}

TEST(AttestNpm, NameVersionAndArchiveAreTheExpectedOnes) {
  const World& w = world();
  const Words provenance{.subject = purl};
  const auto other = [](Words words) {
    words.about = other_message;
    return words;
  };
  EXPECT_EQ(answer("npm", w.npm(publish_words("pkg:npm/%40acme/app@1.0.1"), provenance)), "npm-package-mismatch");
  EXPECT_EQ(answer("npm", w.npm(publish_words(purl, "@acme/other"), provenance)), "npm-package-mismatch");
  EXPECT_EQ(answer("npm", w.npm(publish_words(purl, "@acme/app", "1.0.1"), provenance)), "npm-package-mismatch");
  EXPECT_EQ(answer("npm", w.npm(publish_words(), Words{.subject = "pkg:npm/app@1.0.0"})), "npm-package-mismatch");
  EXPECT_EQ(answer("npm", w.npm(publish_words(), Words{.subject = "app"})), "npm-package-mismatch");
  EXPECT_EQ(answer("npm", w.npm(other(publish_words()), provenance)), "wrong-subject");
  EXPECT_EQ(answer("npm", w.npm(publish_words(), other(provenance))), "wrong-subject");
  World expects = w;
  expects.package = "pkg:npm/%40acme/app@2.0.0";
  EXPECT_EQ(answer("npm", w.npm(), expects), "npm-package-mismatch");
  expects.package = "@acme/app";
  EXPECT_EQ(answer("npm", w.npm(), expects), "package-unset");
  expects.package = purl;
  expects.artifact.reset();
  EXPECT_EQ(answer("npm", w.npm(), expects), "artifact-missing");
}

TEST(AttestNpm, TheRegistrysKeyIsFoundByItsName) {
  World w = world();
  const World other;
  w.keys.insert(w.keys.begin(), other.keys[0]);
  EXPECT_EQ(answer("npm", world().npm(), w), "verified");
  w.keys = other.keys;
  EXPECT_EQ(answer("npm", world().npm(), w), "key-unknown");
  json::Value renamed = world().npm();
  (*renamed["attestations"].array())[0]["bundle"]["verificationMaterial"]["publicKey"]["hint"] =
      npm_key_id(other.keys[0].key);
  EXPECT_EQ(answer("npm", renamed, w), "entry-signer-mismatch") << "a hint chooses a key and proves nothing";
}

}  // namespace
}  // namespace gate::attest
