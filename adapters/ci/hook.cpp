#include <algorithm>

#include "adapters/ci/service.h"

namespace gate::ci {
namespace {

constexpr std::string_view deleted = "(delete)";

Error bad_line(std::size_t number, std::string what) {
  return {Errc::malformed, std::move(what), {"standard input of the pre-push hook", {}, std::to_string(number) + ":1"}};
}

bool is_printable(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

// Cuts the last field off; the first may hold blanks, the others cannot.
std::string_view take_last(std::string_view& line) {
  const std::size_t blank = line.rfind(' ');
  if (blank == line.npos) return {};
  const std::string_view field = line.substr(blank + 1);
  line = line.substr(0, blank);
  return field;
}

Result<PushedRef> parse_line(std::string_view line, std::size_t number) {
  if (!is_printable(line)) return bad_line(number, "control characters in a ref");
  PushedRef ref;
  ref.remote_oid = take_last(line);
  ref.remote_ref = take_last(line);
  ref.local_oid = take_last(line);
  ref.local_ref = line;
  if (!is_object_id(ref.local_oid) || !is_object_id(ref.remote_oid) || ref.local_oid.size() != ref.remote_oid.size()) {
    return bad_line(number, "not of the form <local ref> <local oid> <remote ref> <remote oid>");
  }
  if (!ref.remote_ref.starts_with("refs/")) return bad_line(number, "the remote ref does not start with refs/");
  if (ref.local_ref.empty()) return bad_line(number, "the local ref is empty");
  if (ref.is_delete() != (ref.local_ref == deleted))
    return bad_line(number, "is it a deletion? Ref and object id disagree");
  return ref;
}

// Text before and after the one part that differs: the path, as a word of the shell.
constexpr std::string_view script_head = R"(#!/bin/sh
# Written by `gate hook install`, removed by `gate hook uninstall`. A changed script counts as yours, and is left alone.
gate=)";
constexpr std::string_view script_tail = R"(
if [ ! -x "$gate" ]; then
  echo "gate: $gate is no longer there, so this push cannot be judged. Run 'gate hook install' again." >&2
  exit 3
fi
exec "$gate" hook run -- "$@"
)";

std::string quote(std::string_view text) {
  std::string out = "'";
  for (const char c : text) c == '\'' ? out += R"('\'')" : out += c;
  return out + "'";
}

}  // namespace

bool PushedRef::is_delete() const { return is_zero_id(local_oid); }
bool PushedRef::is_new() const { return is_zero_id(remote_oid); }

Result<std::vector<PushedRef>> parse_pre_push(std::string_view input) {
  std::vector<PushedRef> refs;
  while (!input.empty()) {
    const std::size_t number = refs.size() + 1;
    const std::size_t end = input.find('\n');
    if (end == input.npos) {
      Error error = bad_line(number, "the last line has no end: the list of refs may be cut");
      error.code = Errc::incomplete;
      return error;
    }
    auto ref = parse_line(input.substr(0, end), number);
    if (!ref) return ref.error();
    if (!refs.empty() && refs.front().local_oid.size() != ref->local_oid.size()) {
      return bad_line(number, "SHA-1 and SHA-256 in one push");
    }
    refs.push_back(std::move(*ref));
    input.remove_prefix(end + 1);
  }
  return refs;
}

std::string hook_script(const std::string& gate_path) {
  return std::string(script_head) + quote(gate_path) + std::string(script_tail);
}

bool is_our_hook(std::string_view script) {
  if (!script.starts_with(script_head) || !script.ends_with(script_tail)) return false;
  if (script.size() < script_head.size() + script_tail.size() + 2) return false;
  script.remove_prefix(script_head.size());
  script.remove_suffix(script_tail.size());
  if (script.front() != '\'' || script.back() != '\'') return false;
  // Undo quote(), and see whether it gives the same: else there is more than one word.
  std::string path;
  std::string_view rest = script.substr(1, script.size() - 2);
  for (std::size_t at; (at = rest.find(R"('\'')")) != rest.npos; rest.remove_prefix(at + 4)) {
    path += rest.substr(0, at);
    path += '\'';
  }
  path += rest;
  return rest.find('\'') == rest.npos && quote(path) == script;
}

}  // namespace gate::ci
