// Envelopes for the tests: statements as text, signed by openssl(1).
#pragma once

#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "adapters/attest/attest.h"
#include "gate/crypto/digest.h"
#include "tests/unit/workshop.h"

namespace gate::attest::test {

inline const std::string artifact_sha256(64, 'a'), other_sha256(64, 'b');
inline const std::string in_toto_type = "application/vnd.in-toto+json";
inline const std::string statement_v1 = "https://in-toto.io/Statement/v1";
inline const std::string slsa_v1 = "https://slsa.dev/provenance/v1";

inline std::string pae(const std::string& type, const std::string& body) {
  return "DSSEv1 " + std::to_string(type.size()) + " " + type + " " + std::to_string(body.size()) + " " + body;
}

inline std::string subject(const std::string& sha256, const std::string& name = "app.tar.gz") {
  return fmt::format(R"({{"name":"{}","digest":{{"sha256":"{}"}}}})", name, sha256);
}

inline std::string predicate(
    const std::string& builder = R"({"id":"https://ci.example.org/release"})",
    const std::string& dependencies = R"([{"uri":"https://example.org/tools.tar","digest":{"sha256":"00"}},
  {"uri":"git+https://example.org/app","digest":{"gitCommit":"0123456789012345678901234567890123456789"}},
  {"uri":"git+https://example.org/later","digest":{"gitCommit":"ffffffffffffffffffffffffffffffffffffffff"}}])") {
  return fmt::format(
      R"({{"buildDefinition":{{"buildType":"https://example.org/make/v1","externalParameters":{{"ref":"main"}},)"
      R"("resolvedDependencies":{}}},"runDetails":{{"builder":{}}}}})",
      dependencies, builder);
}

inline std::string statement(const std::string& subjects = subject(artifact_sha256),
                             const std::string& predicate_type = slsa_v1,
                             const std::string& predicate_text = predicate(), const std::string& type = statement_v1) {
  return fmt::format(R"({{"_type":"{}","subject":[{}],"predicateType":"{}","predicate":{}}})", type, subjects,
                     predicate_type, predicate_text);
}

inline std::string envelope(const std::string& payload, const std::vector<std::string>& signatures,
                            const std::string& type = in_toto_type) {
  std::string list;
  for (const std::string& signature : signatures) {
    list += fmt::format(R"({}{{"keyid":"hint","sig":"{}"}})", list.empty() ? "" : ",", crypto::to_base64(signature));
  }
  return fmt::format(R"({{"payloadType":"{}","payload":"{}","signatures":[{}]}})", type, crypto::to_base64(payload),
                     list);
}

// Keys by name, made when first asked for: "ed25519", "p256", "p384", "rsa2048", "rsa1024", and any of them with ".2".
class Signers {
 public:
  std::string sign(const std::string& name, const std::string& bytes) {
    make(name);
    shop_.write("message", bytes);
    const std::string hash = name.starts_with("p384") ? "-sha384" : "-sha256";
    const std::string command =
        name.starts_with("ed25519")
            ? "openssl pkeyutl -sign -rawin -inkey " + name + ".key -in message -out sig"
            : "openssl dgst " + hash + " " + options + " -sign " + name + ".key -out sig message";
    shop_.run(command);
    return shop_.read("sig");
  }
  std::string envelope(const std::string& name, const std::string& payload) {
    return test::envelope(payload, {sign(name, pae(in_toto_type, payload))});
  }
  TrustedKey key(const std::string& name, const std::string& id = {}) {
    make(name);
    return {id.empty() ? name : id, {shop_.read(name + ".pub"), {"keys/" + name + ".pub", {}, {}}}};
  }

  std::string options;  // of openssl-dgst(1)

 private:
  void make(const std::string& name) {
    static const std::map<std::string, std::string> kinds{{"ed25519", "-algorithm ed25519"},
                                                          {"p256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256"},
                                                          {"p384", "-algorithm EC -pkeyopt ec_paramgen_curve:P-384"},
                                                          {"rsa2048", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048"},
                                                          {"rsa1024", "-algorithm RSA -pkeyopt rsa_keygen_bits:1024"}};
    if (std::filesystem::exists(shop_.path(name + ".pub"))) return;
    shop_.run("openssl genpkey " + kinds.at(name.substr(0, name.find('.'))) + " -out " + name +
              ".key && openssl pkey -in " + name + ".key -pubout -out " + name + ".pub");
  }
  gate::test::Workshop shop_;
};

}  // namespace gate::attest::test
