#include "adapters/attest/carriers/reading.h"

// GitLab runner's `artifacts-metadata.json`: written by the runner, signed by nobody.
namespace gate::attest {

Result<std::vector<Carried>> read_gitlab_runner(const Document& document) {
  auto statement = read_unsigned_provenance(document);
  if (!statement) return statement.error();
  const auto& builder = std::get<UnsignedStatement>(statement->content).builder;
  if (builder.find("/-/runners/") == std::string::npos)
    return Error{Errc::malformed, "the builder " + quote(builder) + " is no GitLab runner", statement->origin};
  return std::vector{std::move(*statement)};
}

}  // namespace gate::attest
