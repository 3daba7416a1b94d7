// A policy after loading: every name resolved, every value typed, each with the place where it was written.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gate/core/rule.h"
#include "gate/core/time.h"
#include "gate/core/value.h"

namespace gate {

enum class Level { off, warn, fail };
std::string_view name(Level level);

// Globs over '/'-separated paths: `*` within a folder, `**` over folders, `?` one byte; nothing else is special.
struct PathFilter {
  std::vector<std::string> include;  // empty: everything
  std::vector<std::string> exclude;
  bool covers(std::string_view path) const;
};
bool glob_matches(std::string_view glob, std::string_view path);

struct RuleConfig {
  std::string id;
  Level level = Level::fail;
  Params params;
  PathFilter paths;
  std::optional<Date> effective_on;  // before that day a failure is a warning
  bool allow_in_code = false;        // comments in the code may let findings pass
  bool expect_none = false;          // nothing to examine is what the policy expects
  Position at;
};

// Lines of one file, both ends included.
struct Lines {
  std::int64_t first = 0, last = 0;
};

// From the policy, or from a comment in the code: that one has `lines`, and no `match`, owner or approver.
struct Waiver {
  std::string rule;
  std::map<std::string, std::string, std::less<>> match;  // "path" is a glob; every other value is exact
  std::string reason, owner, approved_by;
  Date expires{};  // the last day; the epoch: a comment that names none
  Position at;
  std::optional<Lines> lines;  // of at.file
};

// A scanner that gate starts itself. What it writes on standard output is the report.
struct ScannerRun {
  std::string program;  // absolute path
  std::string sha256;   // of the program, lower-case hex
  std::vector<std::string> arguments;
  std::vector<std::string> environment;  // "NAME=value"; nothing else is in it
  std::chrono::seconds timeout{600};
};

struct ReportInput {
  std::string format, path;  // the path is empty where a scanner is run
  std::optional<std::chrono::seconds> max_age;
  Position at;
  bool of_base = false;                        // what it tells was there before the change
  bool scanned = false;                        // CycloneDX: that no vulnerability is listed is a scanner's answer
  std::optional<std::uint64_t> max_size = {};  // bytes
  std::string tool = {}, tool_version = {};    // that it has to be of; empty: nobody asks
  std::string subject = {};                    // file whose SHA-256 it has to name; empty: nobody asks
  std::optional<ScannerRun> run = {};
};

struct AttestationInput {
  std::string path;             // one attestation, or JSON Lines of them
  std::string subject;          // the artifact that it must be about; empty: the commit that is gated
  std::string format = "dsse";  // or as another of attest::formats() names it
  bool skip_others = false;     // statements about something else are in order
  std::string package = {};     // what the subject is, as a purl with its version; empty: nobody asks
  Position at;
};

struct BinaryInput {
  std::string path;  // an object, archive, program or library; or a glob of them
  Position at;
};

struct TrustedKey {
  std::string id, path;
  Position at;
  std::string format = "pem";  // or as another of key_formats
};

// In which forms public keys come: PEM, or a file of the tool of that name.
inline constexpr std::array<std::string_view, 3> key_formats{"minisign", "pem", "signify"};

// Whose certificates of Fulcio count: the alternative name and who vouched for it, whole and exact, or a glob
// (glob_matches) for the name.
struct TrustedIdentity {
  std::string name, issuer;
  bool is_glob = false;
  bool covers(std::string_view certified_name, std::string_view certified_issuer) const;
};

// What a builder's provenance is worth: by whom it is signed, and which builder it names.
struct TrustedBuilder {
  std::string builder;        // exact
  std::string key, identity;  // id of a key, or name of a certificate; one of them
  std::int64_t level = 0;     // highest SLSA build level, 1 to 4
  Position at;
};

// A signer that is a forge and nobody's own key.
struct TrustedForge {
  std::string signer;
  bool merges = false;    // of commits each signed by somebody, where the tree is what merging gives
  bool squashes = false;  // of a pull request whose head is signed, likewise
  Position at;
};

struct Inputs {
  std::optional<std::string> compile_commands;  // folder or file
  std::vector<ReportInput> reports;
  std::vector<AttestationInput> attestations;
  std::vector<BinaryInput> binaries;
  std::optional<std::string> git_range;  // "auto", or REV..REV
};

struct Trust {
  std::vector<TrustedKey> keys;
  std::int64_t threshold = 1;  // keys that have to sign a DSSE envelope, each counted once
  std::optional<std::string> allowed_signers;
  std::optional<std::string> revoked_keys;  // SSH: a list of keys, or a KRL
  std::optional<std::string> openpgp_keyring;
  std::optional<std::string> x509_roots;    // PEM certificates: who may certify signers (S/MIME)
  std::vector<TrustedIdentity> identities;  // on commits and tags (gitsign)
  std::vector<TrustedForge> forges;
  std::optional<std::string> sigstore_root;          // embedded, by its name, or a trusted_root.json
  std::vector<TrustedIdentity> sigstore_identities;  // on attestations
  std::vector<TrustedBuilder> builders;
  std::vector<std::string> vex_authors;  // whose VEX statements count, as the documents name them
};

struct PolicySource {
  std::string name;  // "default" (embedded) or a path
  std::string sha256;
  bool embedded = false;
};

inline constexpr std::chrono::days usual_max_waiver{180};

struct Policy {
  std::string name;
  std::chrono::days max_waiver = usual_max_waiver;  // how far ahead a waiver may end
  Inputs inputs;
  Trust trust;
  std::vector<RuleConfig> rules;  // sorted by id, each id once, `off` included
  std::vector<Waiver> waivers;
  std::vector<PolicySource> sources;  // every file that took part, in the order of loading
};

}  // namespace gate
