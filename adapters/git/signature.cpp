#include "adapters/git/signature.h"

#include "gate/crypto/digest.h"

namespace gate::git {

void SignatureVerdict::accept(std::string name, std::string what, std::string clause) {
  state = SignatureState::verified;
  signer = std::move(name);
  check.passed("signer", std::move(what), std::move(clause));
}

void SignatureVerdict::refuse(SignatureState why, std::string what, std::string clause) {
  state = why;
  signer.clear();
  check.failed(std::string(name(why)), std::move(what), std::move(clause));
}

void SignatureVerdict::cannot_verify(std::string what, std::string clause) {
  state = SignatureState::not_supported;
  signer.clear();
  not_looked = true;
  check.not_looked(std::string(name(state)), std::move(what), std::move(clause));
}

void SignatureVerdict::refuse(const Error& error, std::string clause) {
  if (error.code == Errc::unsupported_version) return cannot_verify(error.what, std::move(clause));
  refuse(error.code == Errc::untrusted ? SignatureState::weak_algorithm : SignatureState::malformed, error.what,
         std::move(clause));
}

bool SignatureVerdict::take(Check part, SignatureState otherwise) {
  not_looked = part.outcome == CheckOutcome::not_looked;
  if (check.add(std::move(part))) return true;
  state = not_looked ? SignatureState::not_supported : otherwise;
  signer.clear();
  return false;
}

std::string SignatureVerdict::problem() const {
  if (state == SignatureState::verified) return {};
  const Check* first = check.first_problem();
  return first && !first->what.empty() ? first->what : "not judged";
}

std::optional<std::string> dearmor(std::string_view text, std::string_view begin, std::string_view end) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  if (text.size() < begin.size() + end.size() || !text.starts_with(begin) || !text.ends_with(end)) return std::nullopt;
  text.remove_prefix(begin.size());
  text.remove_suffix(end.size());
  if (!text.starts_with('\n') || !text.ends_with('\n')) return std::nullopt;
  std::string digits;
  for (const char c : text) {
    if (c == '-' || c == '_') return std::nullopt;
    if (c != '\n' && c != '\r') digits += c;
  }
  if (digits.empty() || digits.size() % 4 != 0) return std::nullopt;
  return crypto::from_base64(digits);
}

}  // namespace gate::git
