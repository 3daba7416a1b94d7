#include "adapters/git/log_entry_wire.h"

#include <algorithm>
#include <limits>
#include <set>

namespace gate::git {
namespace {

constexpr std::size_t most_hashes = 64, hash_bytes = 32;

struct Field {
  std::uint64_t number = 0;
  std::optional<std::uint64_t> value;     // of a varint
  std::optional<std::string_view> bytes;  // of a length-delimited field
};

// https://protobuf.dev/programming-guides/encoding
class FieldReader {
 public:
  explicit FieldReader(std::string_view bytes) : rest_(bytes) {}

  // Nothing at the end, and where the bytes are no fields: then `ok` is false.
  std::optional<Field> next() {
    if (rest_.empty() || !ok_) return std::nullopt;
    const std::uint64_t tag = varint();
    Field field{.number = tag >> 3, .value = {}, .bytes = {}};
    switch (tag & 7) {
      case 0: field.value = varint(); break;
      case 1: take(8); break;
      case 2: field.bytes = take(varint()); break;
      case 5: take(4); break;
      default: ok_ = false;
    }
    ok_ = ok_ && field.number >= 1 && field.number < 1u << 29;
    return ok_ ? std::optional(field) : std::nullopt;
  }
  bool ok() const { return ok_; }

 private:
  std::string_view take(std::uint64_t size) {
    ok_ = ok_ && size <= rest_.size();
    if (!ok_) return {};
    const auto taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = take(1);
      if (!ok_) return 0;
      const auto bits = static_cast<unsigned char>(byte.front());
      if (shift == 63 && bits > 1) break;  // more than 64 bits
      value |= static_cast<std::uint64_t>(bits & 0x7f) << shift;
      if ((bits & 0x80) == 0) return value;
    }
    ok_ = false;
    return 0;
  }

  std::string_view rest_;
  bool ok_ = true;
};

// Calls `take` for each field; false where one is refused, stands there twice, or cannot be read. Protobuf takes the
// last of two, others the first.
template <class Take>
bool read_message(const std::optional<std::string_view>& bytes, Take take, std::uint64_t repeated = 0) {
  if (!bytes) return false;
  FieldReader reader(*bytes);
  std::set<std::uint64_t> seen;
  while (const auto field = reader.next()) {
    if (!seen.insert(field->number).second && field->number != repeated) return false;
    if (!take(*field)) return false;
  }
  return reader.ok();
}

bool set(std::string& into, const Field& field) {
  if (field.bytes) into = *field.bytes;
  return field.bytes.has_value();
}
bool set_hash(std::string& into, const Field& field) { return set(into, field) && into.size() == hash_bytes; }
bool set(std::uint64_t& into, const Field& field) {
  into = field.value.value_or(0);
  return field.value && *field.value <= std::numeric_limits<std::int64_t>::max();  // they are int64
}

bool read_proof(const Field& message, sigstore::InclusionProof& out) {
  constexpr std::uint64_t hashes = 4;
  const auto read_checkpoint = [&](const Field& field) { return field.number != 1 || set(out.checkpoint, field); };
  const auto read = [&](const Field& field) {
    switch (field.number) {
      case 1: return set(out.index, field);
      case 2: return set_hash(out.root, field);
      case 3: return set(out.size, field);
      case hashes: return out.hashes.size() < most_hashes && set_hash(out.hashes.emplace_back(), field);
      case 5: return read_message(field.bytes, read_checkpoint);
      default: return true;
    }
  };
  return read_message(message.bytes, read, hashes);
}

bool read_entry(std::string_view protobuf, sigstore::LogEntry& entry) {
  const auto read_log_id = [&](const Field& field) { return field.number != 1 || set_hash(entry.log_id, field); };
  const auto read_promise = [&](const Field& field) { return field.number != 1 || set(entry.promise, field); };
  const auto read_kind = [&](const Field& field) {
    if (field.number == 1) return set(entry.kind, field);
    return field.number != 2 || set(entry.version, field);
  };
  const auto read_time = [&](const Field& field) {
    std::uint64_t seconds = 0;
    if (!set(seconds, field)) return false;
    entry.integrated_time = static_cast<std::int64_t>(seconds);
    return true;
  };
  return read_message(protobuf, [&](const Field& field) {
    switch (field.number) {
      case 1: return set(entry.index, field);
      case 2: return read_message(field.bytes, read_log_id);
      case 3: return read_message(field.bytes, read_kind);
      case 4: return read_time(field);
      case 5: return read_message(field.bytes, read_promise);
      case 6: return read_proof(field, entry.proof.emplace());
      case 7: return set(entry.body, field);
      default: return true;
    }
  });
}

}  // namespace

Result<sigstore::LogEntry> parse_log_entry(std::string_view protobuf) {
  sigstore::LogEntry entry;
  if (!read_entry(protobuf, entry) || entry.log_id.empty() || entry.kind.empty())
    return Error{Errc::malformed, "a log entry that cannot be read", {}};
  return entry;
}

}  // namespace gate::git
