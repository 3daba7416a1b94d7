#include "adapters/git/signature_judge.h"

#include <fmt/format.h>

#include "adapters/git/history.h"

namespace gate::git {

std::string_view signature_format(std::string_view text) {
  if (text.starts_with("-----BEGIN SSH SIGNATURE-----")) return "ssh";
  if (text.starts_with("-----BEGIN PGP SIGNATURE-----") || text.starts_with("-----BEGIN PGP MESSAGE-----"))
    return "openpgp";
  if (text.starts_with("-----BEGIN SIGNED MESSAGE-----")) return "x509";
  return {};
}

SignatureVerdict SignatureJudge::judge(const std::string& id, std::string_view payload, std::string_view signature) {
  SignatureVerdict verdict;
  if (signature.empty()) {
    verdict.refuse(SignatureState::unsigned_, "not signed");
    return verdict;
  }
  verdict.format = signature_format(signature);
  if (verdict.format.empty()) {
    verdict.format = "unknown";
    verdict.refuse(SignatureState::malformed, "a signature of an unknown format");
  } else if (verdict.format == "ssh") {
    judge_ssh(trust_.ssh, payload, signature, verdict);
  } else if (verdict.format == "openpgp") {
    judge_openpgp(trust_.openpgp, payload, signature, verdict);
  } else {
    judge_x509(trust_.x509, payload, signature, verdict);
  }
  if (verdict.not_looked) {
    auto& seen = unsupported_[verdict.problem()];
    if (seen.count++ == 0) seen.first = id;
  }
  return verdict;
}

std::vector<Error> SignatureJudge::not_looked_at(std::string_view objects) const {
  std::vector<Error> problems;
  for (const auto& [what, seen] : unsupported_) {
    problems.push_back({Errc::unsupported_version,
                        fmt::format("{} ({} concerned: {}, first this one)", what, objects, seen.count),
                        origin_of(seen.first)});
  }
  return problems;
}

}  // namespace gate::git
