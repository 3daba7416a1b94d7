#include "gate/sigstore/checkpoint.h"

#include <algorithm>
#include <charconv>

#include "gate/crypto/digest.h"

namespace gate::sigstore {
namespace {

constexpr std::size_t hint_bytes = 4, root_bytes = 32;
constexpr std::string_view note_clause = "C2SP signed-note", checkpoint_clause = "C2SP tlog-checkpoint";

Error malformed(std::string what) { return {Errc::malformed, "checkpoint: " + std::move(what), {}}; }

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (; !text.empty(); text.remove_prefix(text.find('\n') + 1)) lines.push_back(text.substr(0, text.find('\n')));
  return lines;
}

std::optional<std::uint64_t> tree_size(std::string_view digits) {
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  const bool leading_zero = digits.size() > 1 && digits.front() == '0';
  if (error != std::errc() || end != digits.data() + digits.size() || leading_zero) return std::nullopt;
  return size;
}

// "— <name> <base64 of hint and signature>"
std::optional<NoteSignature> read_signature(std::string_view line) {
  constexpr std::string_view dash = "\xe2\x80\x94 ";
  if (!line.starts_with(dash)) return std::nullopt;
  line.remove_prefix(dash.size());
  const auto blank = line.find(' ');
  if (blank == std::string_view::npos || blank == 0) return std::nullopt;
  const auto bytes = crypto::from_base64(line.substr(blank + 1));
  if (!bytes || bytes->size() <= hint_bytes) return std::nullopt;
  return NoteSignature{std::string(line.substr(0, blank)), bytes->substr(0, hint_bytes), bytes->substr(hint_bytes)};
}

bool is_control(unsigned char c) { return c < 0x20 && c != '\n'; }

}  // namespace

Result<Checkpoint> parse_checkpoint(std::string_view note) {
  if (note.size() > most_note_bytes) return Error{Errc::too_large, "a checkpoint of more than 1 MiB", {}};
  if (std::any_of(note.begin(), note.end(), is_control)) return malformed("control characters");
  const auto split = note.rfind("\n\n");
  if (split == std::string_view::npos || !note.ends_with('\n')) return malformed("not a signed note");
  Checkpoint checkpoint;
  checkpoint.signed_text = note.substr(0, split + 1);
  const auto text = lines_of(checkpoint.signed_text);
  const auto is_empty = [](std::string_view line) { return line.empty(); };
  if (text.size() < 3 || std::any_of(text.begin(), text.end(), is_empty))
    return malformed("fewer than three lines, or an empty one");
  const auto size = tree_size(text[1]);
  const auto root = crypto::from_base64(text[2]);
  if (!size) return malformed("no tree size in the second line");
  if (!root || root->size() != root_bytes) return malformed("no root hash in the third line");
  checkpoint.origin = text[0];
  checkpoint.size = *size;
  checkpoint.root = *root;
  for (const std::string_view line : lines_of(note.substr(split + 2))) {
    auto signature = read_signature(line);
    if (!signature) return malformed("a signature line that cannot be read");
    if (checkpoint.signatures.size() == most_note_signatures)
      return Error{Errc::too_large, "a checkpoint with more than 64 signatures", {}};
    checkpoint.signatures.push_back(std::move(*signature));
  }
  return checkpoint;
}

Check verify_checkpoint(const Checkpoint& checkpoint, const Log& log) {
  Check check{.code = "checkpoint", .what = "the log " + log.name + " signed the tree's head"};
  if (checkpoint.origin != log.name && !checkpoint.origin.starts_with(log.name + " - ")) {
    check.differs("checkpoint-origin-mismatch", "the checkpoint is another log's", log.name, checkpoint.origin,
                  std::string(checkpoint_clause));
    return check;
  }
  for (const NoteSignature& signature : checkpoint.signatures) {
    if (signature.name != log.name || signature.key_hint != log.id.substr(0, hint_bytes)) continue;
    if (!log.verify(checkpoint.signed_text, signature.signature)) {
      check.failed("checkpoint-bad-signature", "the log's signature does not verify", std::string(note_clause));
      return check;
    }
    check.passed("checkpoint-signature", "signed by " + log.name, std::string(note_clause));
  }
  if (check.children.empty())
    check.failed("checkpoint-unsigned", "none of the note's signatures is the log's", std::string(note_clause));
  return check;
}

}  // namespace gate::sigstore
