// Where scanners of packages write into SARIF, in words, which flaw and which package they mean.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/core/sca_fact.h"

namespace gate::formats {

struct ScannedPackage {
  std::string name, version;  // empty: not said
  std::vector<std::string> fixed;
};

// Of a result: what the message of Trivy, the help text of Grype ("Package: tar" and further lines), or the description
// of Snyk ("(CVE-…) apt/libapt-pkg6.0@2.6.1", with "deb" among the tags) says.
ScannedPackage scanned_package(std::string_view message, std::string_view help, std::string_view description,
                               const std::vector<std::string>& tags);

// The image that a place is in, by its digest: "nginx@sha256:<hex>" of a logical name of Grype's ("…@<layer>:/path") or
// of a URI of Snyk's ("nginx@sha256_<hex>"). Empty: none.
std::string image_in(std::string_view place);

// The flaw that a rule is about, and its other names: of the rule's id ("CVE-2005-2541-tar"), of the parentheses at the
// beginning of Snyk's description, and of tags. Id and weaknesses of anything else are the rule's own.
void read_ids(const std::string& rule, std::string_view description, const std::vector<std::string>& tags,
              Vulnerability& fact);

}  // namespace gate::formats
