// The vocabulary: everything that a rule can know. A rule sees facts and nothing else.
//
// Each fact lists its fields once, in `fields`; order, equality of bytes, JSON, and the examples in the rules' specs
// follow from that list. Types whose name starts with Verified can be made by verifying code alone.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "gate/core/result.h"
#include "gate/core/sca_fact.h"
#include "gate/core/time.h"

namespace gate::attest {
class StatementVerifier;
}
namespace gate::git {
class CommitVerifier;
class TagVerifier;
}  // namespace gate::git

namespace gate {

struct FactForge;  // makes verified facts for the examples of the rules; defined under tests/ alone

// What a policy may ban in sources. Construct: a part of the language itself, such as goto.
enum class Entity { function, type, macro, header, construct, attribute };
std::string_view name(Entity entity);
std::optional<Entity> parse_entity(std::string_view text);

enum class Use {
  call,
  address,       // a function named without being called, so that it may be called later
  mention,       // anything but a function, where it stands
  unclassified,  // the name stands in the code of a unit that could not be read in full
};
std::string_view name(Use use);
std::optional<Use> parse_use(std::string_view text);

// imported: taken from elsewhere. contained: linked in, so that nobody can tell whose code calls it.
enum class Linkage { imported, contained };
std::string_view name(Linkage linkage);
std::optional<Linkage> parse_linkage(std::string_view text);

// What the signature of a commit or tag is worth.
enum class SignatureState {
  verified,  // good, and its signer is trusted
  unsigned_,
  malformed,      // not in the form that its standard asks for, or on an object that is not
  bad_signature,  // does not fit the signed bytes and the key
  untrusted_key,  // a key or certificate that nobody enrolled
  wrong_purpose,  // another namespace, key usage, or kind of certificate
  not_yet_valid,  // key, certificate or enrolment
  expired_key,
  revoked_key,
  weak_algorithm,  // digest, key length
  no_time,         // a certificate of minutes, without a time that anybody but the signer vouches for
  forge_key,       // a forge's own key on what the policy does not let it sign
  wrong_name,      // a tag that stands under another name than it was signed with
  not_supported
};
std::string_view name(SignatureState state);
std::optional<SignatureState> parse_signature_state(std::string_view text);

// Names and values, as an attestation gives them.
using TextMap = std::map<std::string, std::string, std::less<>>;

struct Location {
  std::string file;  // relative to the project's root, '/' between folders
  int line = 0;      // from 1; 0 where the whole file is meant
  int column = 0;    // from 1, in bytes; 0 where the whole line is meant
  auto operator<=>(const Location&) const = default;
};

// A source file that was compiled and seen in full with one entry of the compile database.
struct TranslationUnit {
  static constexpr std::string_view plural = "translation_units";
  std::string file;
  std::string command;  // SHA-256 of the arguments: the same file may be compiled twice
  Origin origin;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("file", self.file);
    visit("command", self.command);
  }
};

// A use of something that the policy watches. One fact for each place, however many units see it.
struct SourceUse {
  static constexpr std::string_view plural = "source_uses";
  Entity entity = Entity::function;
  std::string name;       // as the policy names it: "strcpy", "std::random_shuffle", "goto"
  std::string condition;  // the policy's condition that this use meets: "not_literal(1)"; empty: none was asked for
  std::string written;    // as declared: "std::strcpy", "__builtin___strcpy_chk"
  Use use = Use::call;
  Location at;             // where a reader changes it
  std::string macro;       // the project's macro that it comes through, or empty
  Location spelled;        // where the name stands, if that is inside a macro's definition
  std::int64_t units = 1;  // translation units that see this place
  Origin origin;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("entity", self.entity);
    visit("name", self.name);
    visit("condition", self.condition);
    visit("written", self.written);
    visit("use", self.use);
    visit("at", self.at);
    visit("macro", self.macro);
    visit("spelled", self.spelled);
    visit("units", self.units);
  }
};

// A comment in the project's code that asks to let a rule's findings on a line pass. Whether it counts is the policy's
// to say.
struct Allowance {
  static constexpr std::string_view plural = "allowances";
  std::string rule;                  // as written: "code/banned-function"
  std::string until;                 // as written: "2027-01-31", the last day
  std::string reason;                // as written
  Location at;                       // of the comment
  std::int64_t first = 0, last = 0;  // lines of that file that it speaks about: one, with those that continue it
  std::string problem;               // why it is none as it is written; empty: well formed
  Origin origin;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("rule", self.rule);
    visit("until", self.until);
    visit("reason", self.reason);
    visit("at", self.at);
    visit("first", self.first);
    visit("last", self.last);
    visit("problem", self.problem);
  }
};

// An object, archive or linked file whose symbols were read in full.
struct Binary {
  static constexpr std::string_view plural = "binaries";
  std::string file;    // relative to the project's root
  std::string format;  // "ELF", "COFF", "Mach-O"; of an archive's or a universal file's first object
  std::int64_t bytes = 0;
  std::int64_t objects = 1;  // in an archive or a universal file
  std::int64_t symbols = 0;  // names that its objects take from elsewhere or contain, each object's counted
  Origin origin;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("file", self.file);
    visit("format", self.format);
    visit("bytes", self.bytes);
    visit("objects", self.objects);
    visit("symbols", self.symbols);
  }
};

// A function that the policy watches and that a binary takes from elsewhere, or contains.
struct ImportedSymbol {
  static constexpr std::string_view plural = "imported_symbols";
  std::string file;      // relative to the project's root
  std::string member;    // of an archive or a universal file: the object's name; else empty
  std::string symbol;    // as in the file, without its version: "__strcpy_chk"
  std::string function;  // as the policy names it: "strcpy"
  Linkage linkage = Linkage::imported;
  Origin origin;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("file", self.file);
    visit("member", self.member);
    visit("symbol", self.symbol);
    visit("function", self.function);
    visit("linkage", self.linkage);
  }
};

// A file whose provenance the policy asks for, hashed by gate itself.
struct Artifact {
  static constexpr std::string_view plural = "artifacts";
  std::string path;
  std::string sha256;
  std::string commit;  // that is gated, so that the artifact has to be made from it; empty: none is
  Origin origin;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("path", self.path);
    visit("sha256", self.sha256);
    visit("commit", self.commit);
  }
};

// What a certificate of Fulcio says about who signed (fulcio/docs/oid-info.md); empty where it does not say it.
struct SignerCertificate {
  std::string name, issuer;  // the alternative name, and who vouched for it
  std::string build_signer_uri, build_signer_digest, runner_environment;
  std::string source_repository_uri, source_repository_digest, source_repository_ref;
  std::string build_config_uri, build_config_digest, build_trigger, run_invocation_uri;
};

// SLSA provenance v0.2 or v1 in common terms; empty where the predicate does not say it.
struct BuildProvenance {
  std::string builder, build_type, invocation;
  std::string source;  // URI of the repository, without "git+" and "@ref"
  std::string ref;     // "refs/heads/main", "refs/tags/v1.0"
  std::string commit;
  std::string workflow;  // path in the repository of what was run
  std::string trigger;   // the event, where the build type is known
  std::string runner;    // the environment of the runner, likewise
  TextMap parameters;    // external parameters: JSON pointer to text, number or literal; "{}" and "[]" where empty
};

// SLSA verification summary (VSA v1).
struct VerificationSummary {
  std::string verifier, resource, result, policy;
  std::vector<std::string> levels;       // sorted
  std::vector<std::string> source_refs;  // of the subject, in a summary about a commit; sorted
};

// An in-toto statement about an artifact or a commit that gate saw itself, signed by whom the policy trusts.
class VerifiedStatement {
 public:
  static constexpr std::string_view plural = "statements";
  const std::string& subject() const { return subject_; }            // lower-case hex
  const std::string& subject_kind() const { return subject_kind_; }  // "sha256": of a file; "gitCommit"
  const std::string& subject_path() const { return subject_path_; }  // the artifact, as the policy names it
  const std::string& format() const { return format_; }              // of the attestation, as the policy names it
  const std::string& predicate_type() const { return predicate_type_; }
  bool is_provenance() const { return !build_.builder.empty(); }
  bool is_summary() const { return !summary_.verifier.empty(); }
  const BuildProvenance& build() const { return build_; }  // empty for other predicates
  const std::string& builder() const { return build_.builder; }
  const std::string& source() const { return build_.source; }
  const std::string& commit() const { return build_.commit; }
  // The highest SLSA build level that the policy grants to this signer and builder; 0: none.
  std::int64_t level() const { return level_; }
  const VerificationSummary& summary() const { return summary_; }
  const std::vector<std::string>& signers() const { return signers_; }   // key ids of the policy, sorted, distinct
  const SignerCertificate& certificate() const { return certificate_; }  // no name: keys signed
  const std::string& verified_time() const { return verified_time_; }    // RFC 3339, the earliest; empty: none
  bool is_about(const Artifact& artifact) const { return subject_kind_ == "sha256" && subject_ == artifact.sha256; }
  Origin origin;

  template <class Visitor>
  void visit_fields(Visitor&& visit) const {
    fields(*this, visit);
  }

 private:
  friend class attest::StatementVerifier;
  friend struct FactForge;
  VerifiedStatement() = default;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("subject", self.subject_);
    visit("subject_kind", self.subject_kind_);
    visit("subject_path", self.subject_path_);
    visit("format", self.format_);
    visit("predicate_type", self.predicate_type_);
    visit("builder", self.build_.builder);
    visit("build_type", self.build_.build_type);
    visit("invocation", self.build_.invocation);
    visit("source", self.build_.source);
    visit("ref", self.build_.ref);
    visit("commit", self.build_.commit);
    visit("workflow", self.build_.workflow);
    visit("trigger", self.build_.trigger);
    visit("runner", self.build_.runner);
    visit("parameters", self.build_.parameters);
    visit("level", self.level_);
    visit("verifier", self.summary_.verifier);
    visit("resource", self.summary_.resource);
    visit("result", self.summary_.result);
    visit("policy", self.summary_.policy);
    visit("levels", self.summary_.levels);
    visit("source_refs", self.summary_.source_refs);
    visit("signers", self.signers_);
    visit("certificate_name", self.certificate_.name);
    visit("certificate_issuer", self.certificate_.issuer);
    visit("build_signer_uri", self.certificate_.build_signer_uri);
    visit("build_signer_digest", self.certificate_.build_signer_digest);
    visit("runner_environment", self.certificate_.runner_environment);
    visit("source_repository_uri", self.certificate_.source_repository_uri);
    visit("source_repository_digest", self.certificate_.source_repository_digest);
    visit("source_repository_ref", self.certificate_.source_repository_ref);
    visit("build_config_uri", self.certificate_.build_config_uri);
    visit("build_config_digest", self.certificate_.build_config_digest);
    visit("build_trigger", self.certificate_.build_trigger);
    visit("run_invocation_uri", self.certificate_.run_invocation_uri);
    visit("verified_time", self.verified_time_);
  }

  std::string subject_, subject_kind_ = "sha256", subject_path_, format_, predicate_type_, verified_time_;
  BuildProvenance build_;
  std::int64_t level_ = 0;
  VerificationSummary summary_;
  SignerCertificate certificate_;
  std::vector<std::string> signers_;
};

// A commit of the range under judgement, and what its signature is worth. Only the verifier can say "verified".
class CommitSignature {
 public:
  static constexpr std::string_view plural = "commits";
  const std::string& id() const { return id_; }            // full object id
  const std::string& summary() const { return summary_; }  // first line of the message, cut to 72 bytes
  bool is_signed() const { return !format_.empty(); }
  const std::string& format() const { return format_; }  // "ssh", "openpgp", "x509"; empty: unsigned
  const std::string& signer() const { return signer_; }  // the principal that the policy trusts; empty: not verified
  const std::string& key() const { return key_; }        // fingerprint of the signing key where it was read
  const std::string& algorithm() const { return algorithm_; }  // of the signature, as its format names it
  SignatureState state() const { return state_; }              // verified exactly if there is a signer
  const std::string& problem() const { return problem_; }      // why there is no signer; empty exactly if there is one
  Origin origin;

  template <class Visitor>
  void visit_fields(Visitor&& visit) const {
    fields(*this, visit);
  }

 private:
  friend class git::CommitVerifier;
  friend struct FactForge;
  CommitSignature() = default;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("id", self.id_);
    visit("summary", self.summary_);
    visit("format", self.format_);
    visit("signer", self.signer_);
    visit("key", self.key_);
    visit("algorithm", self.algorithm_);
    visit("state", self.state_);
    visit("problem", self.problem_);
  }

  std::string id_, summary_, format_, signer_, key_, algorithm_, problem_;
  SignatureState state_ = SignatureState::not_supported;
};

// A tag that leads to a commit of the range or to its head, and what its signature is worth.
class TagSignature {
 public:
  static constexpr std::string_view plural = "tags";
  const std::string& ref() const { return ref_; }        // "refs/tags/v1.0"
  const std::string& id() const { return id_; }          // of the tag object; of the commit where there is none
  const std::string& commit() const { return commit_; }  // where it leads to
  std::int64_t objects() const { return objects_; }      // tag objects on the way: 0 lightweight, 2 a tag of a tag
  const std::string& format() const { return format_; }  // as a commit's
  const std::string& signer() const { return signer_; }  // of every tag object on the way; empty: not verified
  const std::string& key() const { return key_; }
  const std::string& algorithm() const { return algorithm_; }
  SignatureState state() const { return state_; }
  const std::string& problem() const { return problem_; }
  Origin origin;

  template <class Visitor>
  void visit_fields(Visitor&& visit) const {
    fields(*this, visit);
  }

 private:
  friend class git::TagVerifier;
  friend struct FactForge;
  TagSignature() = default;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("ref", self.ref_);
    visit("id", self.id_);
    visit("commit", self.commit_);
    visit("objects", self.objects_);
    visit("format", self.format_);
    visit("signer", self.signer_);
    visit("key", self.key_);
    visit("algorithm", self.algorithm_);
    visit("state", self.state_);
    visit("problem", self.problem_);
  }

  std::string ref_, id_, commit_, format_, signer_, key_, algorithm_, problem_;
  std::int64_t objects_ = 0;
  SignatureState state_ = SignatureState::not_supported;
};

// The table of contents of the vocabulary. The order is the order of FactKind and of every listing.
template <class... T>
struct TypeList {};
using FactTypes = TypeList<TranslationUnit, SourceUse, Allowance, Binary, ImportedSymbol, ScanReport, Sbom, Component,
                           Vulnerability, BaseVulnerability, VexStatement, VulnerabilityNote, EndOfLife, Artifact,
                           VerifiedStatement, CommitSignature, TagSignature>;
enum class FactKind {
  translation_unit,
  source_use,
  allowance,
  binary,
  imported_symbol,
  scan_report,
  sbom,
  component,
  vulnerability,
  base_vulnerability,
  vex_statement,
  vulnerability_note,
  end_of_life,
  artifact,
  statement,
  commit,
  tag
};
inline constexpr std::size_t fact_kinds = 17;

std::string_view name(FactKind kind);  // the plural, as examples and `gate inspect` write it
std::optional<FactKind> parse_fact_kind(std::string_view plural);

// Calls `visit(name, field)` for each field of a fact, in order.
template <class Fact, class Visitor>
void visit_fields(const Fact& fact, Visitor&& visit) {
  if constexpr (requires { fact.visit_fields(visit); }) {
    fact.visit_fields(visit);
  } else {
    Fact::fields(fact, visit);
  }
}

namespace detail {
template <class List>
struct FactVectors;
template <class... T>
struct FactVectors<TypeList<T...>> {
  using type = std::tuple<std::vector<T>...>;
};
}  // namespace detail

// Loose facts, as an adapter gathers them.
struct Facts {
  detail::FactVectors<FactTypes>::type vectors;

  template <class T>
  std::vector<T>& of() {
    return std::get<std::vector<T>>(vectors);
  }
  template <class T>
  const std::vector<T>& of() const {
    return std::get<std::vector<T>>(vectors);
  }
  template <class T>
  void add(T fact) {
    of<T>().push_back(std::move(fact));
  }
};

enum class Coverage { absent, partial, complete };  // merging takes the minimum
std::string_view name(Coverage coverage);

// A field that has fields of its own, such as a Rating.
template <class T>
concept Record = requires(const T& record) { T::fields(record, [](std::string_view, const auto&) {}); };

// What one adapter saw in one input. A kind without an entry in `coverage` is one that the input does not speak about.
struct FactBatch {
  Facts facts;
  std::map<FactKind, Coverage> coverage;
  std::vector<Error> problems;

  // Notes a problem and lowers the coverage of each kind that the batch speaks about to at most `most`.
  void lower(Error problem, Coverage most = Coverage::partial);
};

// A batch for an input that could not be read at all: nothing seen, for each kind that it should have told.
FactBatch nothing_seen(const std::vector<FactKind>& kinds, Error problem);

// All facts of a run: sorted, deduplicated, frozen.
class FactSet {
 public:
  FactSet() = default;
  template <class T>
  const std::vector<T>& all() const {
    return facts_.of<T>();
  }
  Coverage coverage(FactKind kind) const;  // absent where no input spoke
  std::size_t count(FactKind kind) const;
  const std::vector<Error>& problems() const { return problems_; }
  // The problems of the inputs that could not show all of this kind.
  std::vector<Error> problems(FactKind kind) const;
  // When the run judges, from the caller. The epoch where nobody said: then every report is from the future.
  Instant now() const { return now_; }

 private:
  friend FactSet seal(std::vector<FactBatch> batches, Instant now);
  Facts facts_;
  std::map<FactKind, Coverage> coverage_;
  std::map<FactKind, std::vector<Error>> problems_by_kind_;
  std::vector<Error> problems_;
  Instant now_{};
};

FactSet seal(std::vector<FactBatch> batches, Instant now = {});

}  // namespace gate
