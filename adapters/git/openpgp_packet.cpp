#include "adapters/git/openpgp_packet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "gate/crypto/digest.h"

namespace gate::git {
namespace {

constexpr std::array<std::string_view, 5> armor_headers{"Version: ", "Comment: ", "Hash: ", "Charset: ", "MessageID: "};

Error malformed(std::string what) { return {Errc::malformed, "OpenPGP: " + std::move(what), {}}; }

// RFC 4880, section 6.1.
std::uint32_t crc24(std::string_view bytes) {
  std::uint32_t crc = 0xB704CE;
  for (const char c : bytes) {
    crc ^= static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << 16;
    for (int bit = 0; bit < 8; ++bit) {
      crc <<= 1;
      if (crc & 0x1000000) crc ^= 0x1864CFB;
    }
  }
  return crc & 0xFFFFFF;
}

class Bytes {
 public:
  explicit Bytes(std::string_view rest) : rest_(rest) {}

  bool empty() const { return rest_.empty(); }
  std::optional<std::uint32_t> number(std::size_t size) {
    const auto bytes = take(size);
    if (!bytes) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : *bytes) value = value << 8 | static_cast<unsigned char>(c);
    return value;
  }
  std::optional<std::string_view> take(std::size_t size) {
    if (rest_.size() < size) return std::nullopt;
    const std::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }
  // RFC 9580, section 4.2.1; partial lengths are for data alone.
  std::optional<std::string_view> take_by_length(bool subpacket) {
    const auto first = number(1);
    if (!first) return std::nullopt;
    std::optional<std::uint32_t> size = first;
    if (*first == 255) {
      size = number(4);
    } else if (*first >= 192 && (subpacket || *first < 224)) {
      const auto second = number(1);
      if (!second) return std::nullopt;
      size = ((*first - 192) << 8) + *second + 192;
    } else if (*first >= 224) {
      return std::nullopt;
    }
    return size ? take(*size) : std::nullopt;
  }

 private:
  std::string_view rest_;
};

std::optional<std::string_view> take_packet(Bytes& bytes, std::uint32_t& tag) {
  const auto head = bytes.number(1);
  if (!head || (*head & 0x80) == 0) return std::nullopt;
  if (*head & 0x40) {
    tag = *head & 0x3F;
    return bytes.take_by_length(false);
  }
  tag = (*head >> 2) & 0x0F;
  if ((*head & 3) == 3) return std::nullopt;  // of indeterminate length
  const auto size = bytes.number(std::size_t{1} << (*head & 3));
  return size ? bytes.take(*size) : std::nullopt;
}

// Section 5.2.3.7: the signed subpackets, of which the creation time is one.
std::optional<std::uint32_t> creation_time(std::string_view area) {
  constexpr std::uint32_t creation = 2;
  std::optional<std::uint32_t> created;
  Bytes bytes(area);
  while (!bytes.empty()) {
    const auto subpacket = bytes.take_by_length(true);
    if (!subpacket || subpacket->empty()) return std::nullopt;
    Bytes inside(*subpacket);
    if ((*inside.number(1) & 0x7F) != creation) continue;
    if (created || subpacket->size() != 5) return std::nullopt;
    created = inside.number(4);
  }
  return created;
}

Result<OpenpgpSignature> parse_signature(std::string_view packet) {
  Bytes bytes(packet);
  const auto version = bytes.number(1);
  if (!version) return malformed("an empty signature");
  if (*version != 4)
    return Error{Errc::unsupported_version, fmt::format("OpenPGP signatures of version {} are not read", *version), {}};
  const auto type = bytes.number(1), algorithm = bytes.number(1), hash = bytes.number(1), size = bytes.number(2);
  const auto area = size ? bytes.take(*size) : std::nullopt;
  if (!type || !algorithm || !hash || !area) return malformed("a signature that ends too early");
  const auto created = creation_time(*area);
  if (!created) return malformed("a signature that does not say once when it was made");
  return OpenpgpSignature{static_cast<int>(*type), static_cast<int>(*algorithm), static_cast<int>(*hash), *created};
}

std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_armor_header(std::string_view line) {
  return std::any_of(armor_headers.begin(), armor_headers.end(),
                     [&](std::string_view header) { return line.starts_with(header); });
}

// From behind the block's first line to behind its last.
Result<std::string> take_block(std::string_view& text, std::string_view last) {
  std::string_view line = take_line(text);
  while (!line.empty()) {
    if (!is_armor_header(line)) return malformed("an armour header that the standard does not have");
    line = take_line(text);
  }
  std::string digits, checksum;
  for (;;) {
    if (text.empty()) return malformed("an armour without its last line");
    line = take_line(text);
    if (line == last) break;
    if (!checksum.empty() || line.empty()) return malformed("an armour with lines where none may be");
    if (line.starts_with('=')) {
      checksum = line.substr(1);
    } else {
      digits += line;
    }
  }
  const bool is_plain = digits.find_first_of("-_") == std::string::npos && digits.size() % 4 == 0;
  auto bytes = is_plain ? crypto::from_base64(digits) : std::nullopt;
  if (!bytes || bytes->empty()) return malformed("an armour that is not base64");
  if (!checksum.empty()) {
    const auto sum = crypto::from_base64(checksum);
    if (!sum || sum->size() != 3 || Bytes(*sum).number(3) != crc24(*bytes))
      return malformed("an armour whose checksum is wrong");
  }
  return std::move(*bytes);
}

}  // namespace

Result<std::string> dearmor_openpgp(std::string_view text, std::string_view kind) {
  const std::string first = fmt::format("-----BEGIN PGP {}-----", kind),
                    last = fmt::format("-----END PGP {}-----", kind);
  std::string all;
  do {
    if (take_line(text) != first)
      return malformed(fmt::format("no armour of the kind {} where one should begin", kind));
    auto block = take_block(text, last);
    if (!block) return block.error();
    all += *block;
    while (text.starts_with('\n') || text.starts_with("\r\n")) take_line(text);
  } while (!text.empty());
  return all;
}

Result<std::vector<OpenpgpSignature>> parse_openpgp_signatures(std::string_view packets) {
  constexpr std::uint32_t signature_tag = 2;
  if (packets.size() > most_openpgp_bytes)
    return Error{Errc::too_large, fmt::format("OpenPGP: a signature of more than {} bytes", most_openpgp_bytes), {}};
  std::vector<OpenpgpSignature> signatures;
  Bytes bytes(packets);
  while (!bytes.empty()) {
    std::uint32_t tag = 0;
    const auto packet = take_packet(bytes, tag);
    if (!packet) return malformed("a packet that does not fit its length");
    if (tag != signature_tag) return malformed(fmt::format("a packet of the kind {} among signatures", tag));
    if (signatures.size() == most_openpgp_signatures)
      return Error{Errc::too_large, fmt::format("OpenPGP: more than {} signatures", most_openpgp_signatures), {}};
    auto signature = parse_signature(*packet);
    if (!signature) return signature.error();
    signatures.push_back(*signature);
  }
  if (signatures.empty()) return malformed("no signature");
  return signatures;
}

std::string openpgp_hash_name(int hash) {
  switch (hash) {
    case 1: return "MD5";
    case 2: return "SHA-1";
    case 3: return "RIPEMD-160";
    case 8: return "SHA-256";
    case 9: return "SHA-384";
    case 10: return "SHA-512";
    case 11: return "SHA-224";
    case 12: return "SHA3-256";
    case 14: return "SHA3-512";
    default: return fmt::format("hash algorithm {}", hash);
  }
}

bool is_weak_openpgp_hash(int hash) { return hash >= 1 && hash <= 3; }
bool is_openpgp_hash(int hash) { return (hash >= 8 && hash <= 12) || hash == 14; }

}  // namespace gate::git
