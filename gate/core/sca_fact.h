// What software composition analysis tells: components, their vulnerabilities, and what is known about those.
//
// Facts as one report tells them, nothing merged and nothing looked up: rules/sca does that, over all reports.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/result.h"

namespace gate {

enum class Severity { unknown, none, low, medium, high, critical };  // qualitative scale of CVSS v3.1, section 5
std::string_view name(Severity severity);
std::optional<Severity> parse_severity(std::string_view text);  // lower case, as name() writes it

// How a component comes into the product.
enum class Dependency { unknown, direct, transitive };
std::string_view name(Dependency dependency);
std::optional<Dependency> parse_dependency(std::string_view text);

// Whether the product's code gets to the vulnerable code, as the scanner found by looking for it.
enum class Reachability { unknown, reachable, unreachable };
std::string_view name(Reachability reachability);
std::optional<Reachability> parse_reachability(std::string_view text);

// declined: whoever maintains the component says that there will be no fix.
enum class Fix { unknown, available, none_yet, declined };
std::string_view name(Fix fix);
std::optional<Fix> parse_fix(std::string_view text);

// How the run of a scanner ended, as its report says. unknown: the format does not say.
enum class ScanEnd { unknown, complete, partial, failed };
std::string_view name(ScanEnd end);
std::optional<ScanEnd> parse_scan_end(std::string_view text);

// The status of a product with a vulnerability, as OpenVEX 0.2.0 names them; other formats have more words for these.
enum class VexStatus { not_affected, affected, fixed, under_investigation };
std::string_view name(VexStatus status);
std::optional<VexStatus> parse_vex_status(std::string_view text);

// One report of one scanner, or one SBOM, and how much it says that it looked at.
struct ScanReport {
  static constexpr std::string_view plural = "scan_reports";
  std::string tool;                          // "trivy", "grype", "osv-scanner", or the tool that the report names
  std::string tool_version;                  // empty: the report does not say
  std::string created;                       // RFC 3339; empty: the report does not say
  std::string data_date;                     // RFC 3339, of the vulnerability data; empty: the report does not say
  std::string subject;                       // what was scanned, as the scanner names it
  std::vector<std::string> subject_digests;  // "sha256:<hex>" and others, lower case, sorted; empty: not said
  ScanEnd end = ScanEnd::unknown;
  std::int64_t examined = 0;  // targets, packages or components that the report says it judged
  bool judges = true;         // it looked for vulnerabilities; an SBOM without any did not
  Origin origin;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("tool", self.tool);
    visit("tool_version", self.tool_version);
    visit("created", self.created);
    visit("data_date", self.data_date);
    visit("subject", self.subject);
    visit("subject_digests", self.subject_digests);
    visit("end", self.end);
    visit("examined", self.examined);
    visit("judges", self.judges);
  }
};

// An SBOM, and what it says about itself. Whether that is enough is a profile's to say (rules/sca/profiles).
struct Sbom {
  static constexpr std::string_view plural = "sboms";
  std::string format;                // "CycloneDX", "SPDX"
  std::string format_version;        // "1.6", "2.3", "3.0.1"
  std::string document_id;           // serial number, or document namespace; empty: none
  std::string document_version;      // of the SBOM itself; empty: not said
  std::string created;               // RFC 3339; empty: not said
  std::vector<std::string> authors;  // people and organisations; sorted
  std::vector<std::string> tools;    // "name version" or "name"; sorted
  std::string subject;               // what the SBOM is about: its ref in the document
  std::string lifecycle;             // of the generation, as the document says: "build", "source", …
  std::int64_t components = 0;       // the subject not counted
  bool is_signed = false;            // the document says that it carries a signature, which nobody has checked
  bool graph_complete = false;       // it says that its dependencies are complete
  Origin origin;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("format", self.format);
    visit("format_version", self.format_version);
    visit("document_id", self.document_id);
    visit("document_version", self.document_version);
    visit("created", self.created);
    visit("authors", self.authors);
    visit("tools", self.tools);
    visit("subject", self.subject);
    visit("lifecycle", self.lifecycle);
    visit("components", self.components);
    visit("is_signed", self.is_signed);
    visit("graph_complete", self.graph_complete);
  }
};

// A component that an SBOM or a scanner's inventory lists.
struct Component {
  static constexpr std::string_view plural = "components";
  std::string ref;   // its id in the document: bom-ref, SPDXID; empty: it has none
  std::string purl;  // package URL; empty where the document gives none
  std::string cpe;
  std::string name;
  std::string version;
  std::string type;                   // as the document says: "library", "application", …
  std::string supplier;               // or producer, manufacturer, author; empty: not said
  std::vector<std::string> licenses;  // SPDX expressions, or names where the document has no more; sorted
  std::vector<std::string> digests;   // "sha256:<hex>" and others, lower case, sorted
  Dependency dependency = Dependency::unknown;
  std::vector<std::string> path;  // labels from the subject to this component, both left out; a shortest one
  bool in_graph = false;          // the document says what it depends on, be that nothing
  bool in_inventory = false;      // of a scanner that judged it, and not of an SBOM
  Origin origin;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("ref", self.ref);
    visit("purl", self.purl);
    visit("cpe", self.cpe);
    visit("name", self.name);
    visit("version", self.version);
    visit("type", self.type);
    visit("supplier", self.supplier);
    visit("licenses", self.licenses);
    visit("digests", self.digests);
    visit("dependency", self.dependency);
    visit("path", self.path);
    visit("in_graph", self.in_graph);
    visit("in_inventory", self.in_inventory);
  }
};

// One rating of a vulnerability, by one source.
struct Rating {
  std::string source;  // "nvd", "ghsa", …; the scanner's own word where it names no source
  std::string method;  // "CVSS:2.0", "CVSS:3.0", "CVSS:3.1", "CVSS:4.0", or as the report says; empty: a word alone
  std::string vector;  // as written; empty: none
  std::int64_t score = -1;  // in tenths: computed from the vector where it has one, else as the report says; -1: none
  Severity severity = Severity::unknown;  // of the score, else as the report says

  auto operator<=>(const Rating&) const = default;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("source", self.source);
    visit("method", self.method);
    visit("vector", self.vector);
    visit("score", self.score);
    visit("severity", self.severity);
  }
};

// A scanner's statement that a component has a vulnerability.
struct Vulnerability {
  static constexpr std::string_view plural = "vulnerabilities";
  std::string id;                       // as the scanner's main identifier: "CVE-2022-37434"
  std::vector<std::string> aliases;     // the same flaw elsewhere; sorted
  std::vector<std::string> advisories;  // that speak about this flaw, maybe among others: no aliases; sorted
  std::string package;                  // package URL where known, else "name@version"
  std::string version;                  // installed; empty where the report does not say
  Severity severity = Severity::unknown;
  std::string severity_source;     // who rated it: "nvd", "ghsa", …
  std::string score;               // CVSS base score or vector as written, or empty
  std::vector<Rating> ratings;     // all that the report gives; sorted
  std::vector<std::string> fixed;  // versions with the fix, as the scanner lists them
  Fix fix = Fix::unknown;
  std::string
      affected;  // VERS range of the package's versions, or as the report has it where that is none; empty: not said
  std::string fix_date;           // RFC 3339, when a fix came out; empty: not said
  std::string published;          // RFC 3339; empty: not said
  std::vector<std::string> cwes;  // "CWE-79"; sorted
  Dependency dependency = Dependency::unknown;
  std::vector<std::string> path;  // labels from the product to the package, both left out
  Reachability reachability = Reachability::unknown;
  bool malicious = false;        // the package itself is the attack: no flaw with a score
  std::int64_t epss = -1;        // in units of 0.00001, as the report says; -1: it does not
  bool known_exploited = false;  // the report says that CISA lists it
  std::string file;              // manifest or lock file, as the report names it; empty: not said
  std::string suppressed;        // why the scanner itself set it aside; empty: it did not
  std::string tool;
  Origin origin;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("id", self.id);
    visit("aliases", self.aliases);
    visit("advisories", self.advisories);
    visit("package", self.package);
    visit("version", self.version);
    visit("severity", self.severity);
    visit("severity_source", self.severity_source);
    visit("score", self.score);
    visit("ratings", self.ratings);
    visit("fixed", self.fixed);
    visit("fix", self.fix);
    visit("affected", self.affected);
    visit("fix_date", self.fix_date);
    visit("published", self.published);
    visit("cwes", self.cwes);
    visit("dependency", self.dependency);
    visit("path", self.path);
    visit("reachability", self.reachability);
    visit("malicious", self.malicious);
    visit("epss", self.epss);
    visit("known_exploited", self.known_exploited);
    visit("file", self.file);
    visit("suppressed", self.suppressed);
    visit("tool", self.tool);
  }
};

// A vulnerability that the reports about the base had already. Made of those reports by whoever gathers them.
struct BaseVulnerability {
  static constexpr std::string_view plural = "base_vulnerabilities";
  std::string id;
  std::vector<std::string> aliases;  // sorted
  std::string package;               // as a Vulnerability's
  Origin origin;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("id", self.id);
    visit("aliases", self.aliases);
    visit("package", self.package);
  }
};

// What somebody says about a product and a vulnerability. Whether he may is the policy's to say.
struct VexStatement {
  static constexpr std::string_view plural = "vex_statements";
  std::string vulnerability;
  std::vector<std::string> aliases;  // sorted
  std::string product;               // package URL, or as the document identifies it
  std::vector<std::string> digests;  // of the product; sorted
  std::vector<std::string>
      subcomponents;     // package URLs in the product that it speaks about; sorted; empty: the product
  std::string versions;  // VERS range of the product's versions; empty: as in its package URL
  VexStatus status = VexStatus::under_investigation;
  std::string justification;  // as OpenVEX names them: "vulnerable_code_not_in_execute_path"; empty: none
  std::string detail;         // impact or action, in words
  std::string author;         // empty: the document does not say
  std::string written;        // RFC 3339, the statement's or else the document's; empty: not said
  Origin origin;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("vulnerability", self.vulnerability);
    visit("aliases", self.aliases);
    visit("product", self.product);
    visit("digests", self.digests);
    visit("subcomponents", self.subcomponents);
    visit("versions", self.versions);
    visit("status", self.status);
    visit("justification", self.justification);
    visit("detail", self.detail);
    visit("author", self.author);
    visit("written", self.written);
  }
};

// What a list from elsewhere says about one vulnerability: CISA's KEV, FIRST's EPSS, an SSVC decision point.
struct VulnerabilityNote {
  static constexpr std::string_view plural = "vulnerability_notes";
  std::string id;                                           // "CVE-2021-44228"
  bool known_exploited = false;                             // in the KEV catalogue
  std::string added;                                        // RFC 3339 date of that listing
  std::string due;                                          // the catalogue's date for those whom it binds
  std::int64_t epss = -1;                                   // probability in units of 0.00001; -1: not said
  std::string exploitation, automatable, technical_impact;  // SSVC, as CISA words them; empty: not said
  Origin origin;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("id", self.id);
    visit("known_exploited", self.known_exploited);
    visit("added", self.added);
    visit("due", self.due);
    visit("epss", self.epss);
    visit("exploitation", self.exploitation);
    visit("automatable", self.automatable);
    visit("technical_impact", self.technical_impact);
  }
};

// A release cycle of a product, and the day after which nobody maintains it.
struct EndOfLife {
  static constexpr std::string_view plural = "end_of_life";
  std::string product;             // as endoflife.date names it: "openssl"
  std::vector<std::string> purls;  // package URLs without version that mean the product; sorted
  std::string cycle;               // "3.0": versions that start so
  std::string end;                 // RFC 3339 date; empty: it has ended at an unknown day if `ended`
  bool ended = false;              // said without a date
  Origin origin;

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("product", self.product);
    visit("purls", self.purls);
    visit("cycle", self.cycle);
    visit("end", self.end);
    visit("ended", self.ended);
  }
};

}  // namespace gate
