#include "gate/core/result.h"

namespace gate {

std::string_view name(Errc code) {
  switch (code) {
    case Errc::not_found: return "not found";
    case Errc::unreadable: return "unreadable";
    case Errc::malformed: return "malformed";
    case Errc::unsupported_version: return "unsupported version";
    case Errc::too_large: return "too large";
    case Errc::untrusted: return "untrusted";
    case Errc::wrong_subject: return "wrong subject";
    case Errc::stale: return "stale";
    case Errc::empty: return "empty";
    case Errc::incomplete: return "incomplete";
    case Errc::tool_failed: return "tool failed";
    case Errc::timed_out: return "timed out";
    case Errc::internal: return "internal error";
  }
  return "internal error";
}

std::string describe(const Error& error) {
  std::string text;
  if (!error.where.artifact.empty()) {
    text += error.where.artifact;
    if (!error.where.at.empty()) text += ":" + error.where.at;
    text += ": ";
  }
  text += name(error.code);
  text += ": ";
  text += error.what;
  return text;
}

}  // namespace gate
