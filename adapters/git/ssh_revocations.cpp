#include "adapters/git/ssh_revocations.h"

#include <algorithm>

#include "adapters/git/sshsig.h"
#include "gate/crypto/digest.h"

namespace gate::git {
namespace {

constexpr std::string_view magic("SSHKRL\n\0", 8);
constexpr std::size_t most_entries = 1'000'000, most_line = 64 << 10;
enum Section : std::uint8_t {
  certificates = 1,
  explicit_keys = 2,
  sha1 = 3,
  signature = 4,
  sha256 = 5,
  extension = 255
};
enum CertificateSection : std::uint8_t {
  serial_list = 0x20,
  serial_range = 0x21,
  serial_bitmap = 0x22,
  key_ids = 0x23,
  certificate_extension = 0x39
};

Error malformed(std::string what) { return {Errc::malformed, "list of revoked SSH keys: " + std::move(what), {}}; }

// An extension may be passed over unless it says that it may not.
bool may_pass_over(std::string_view bytes) {
  WireReader reader(bytes);
  reader.string();
  const bool critical = reader.byte() != 0;
  reader.string();
  return reader.finished() && !critical;
}

}  // namespace

class KrlReader {
 public:
  KrlReader(std::string_view bytes, SshRevocations& out) : bytes_(bytes), reader_(bytes), out_(out) {}

  Status read() {
    reader_.bytes(magic.size());
    if (reader_.number() != 1 && reader_.ok()) return Error{Errc::unsupported_version, "a KRL of another version", {}};
    for (int i = 0; i < 3; ++i) reader_.long_number();  // number of the list, its date, flags
    reader_.string();                                   // reserved
    reader_.string();                                   // comment
    while (reader_.ok() && !reader_.finished()) {
      const std::uint8_t type = reader_.byte();
      if (type == signature) {
        if (!read_signature()) return malformed("a signature on it that does not verify");
        signed_ = true;
      } else if (signed_ || !read_section(type, reader_.string())) {
        return malformed("a section that cannot be read, of an unknown kind, or after the signature");
      }
    }
    if (!reader_.ok()) return malformed("cut");
    for (auto& [authority, list] : out_.by_authority_) merge(list.serials);
    return Done{};
  }

 private:
  bool room() { return ++entries_ <= most_entries; }

  // Sorted and disjoint, so that a search finds the one range that may hold a number.
  static void merge(std::vector<std::pair<std::uint64_t, std::uint64_t>>& ranges) {
    std::ranges::sort(ranges);
    std::vector<std::pair<std::uint64_t, std::uint64_t>> merged;
    for (const auto& range : ranges) {
      if (!merged.empty() && range.first <= merged.back().second) {
        merged.back().second = std::max(merged.back().second, range.second);
      } else {
        merged.push_back(range);
      }
    }
    ranges = std::move(merged);
  }

  // Over everything up to and with the key that follows the section's type.
  bool read_signature() {
    const auto key = parse_ssh_key(reader_.string());
    const std::string_view covered = bytes_.substr(0, bytes_.size() - reader_.rest().size());
    const std::string_view made = reader_.string();
    return reader_.ok() && key && verifies_plain(made, *key, covered);
  }

  bool read_section(std::uint8_t type, std::string_view bytes) {
    if (!reader_.ok()) return false;
    switch (type) {
      case certificates: return read_certificates(bytes);
      case explicit_keys: return read_strings(bytes, out_.keys_, 0);
      case sha1: return read_strings(bytes, out_.sha1_, 20);
      case sha256: return read_strings(bytes, out_.sha256_, 32);
      case extension: return may_pass_over(bytes);
      default: return false;
    }
  }

  bool read_strings(std::string_view bytes, std::set<std::string>& into, std::size_t size) {
    WireReader reader(bytes);
    while (reader.ok() && !reader.finished()) {
      const std::string_view each = reader.string();
      if (each.empty() || (size != 0 && each.size() != size) || !room()) return false;
      into.emplace(each);
    }
    return reader.ok();
  }

  bool read_certificates(std::string_view bytes) {
    WireReader reader(bytes);
    auto& list = out_.by_authority_[std::string(reader.string())];
    reader.string();  // reserved
    while (reader.ok() && !reader.finished()) {
      const std::uint8_t type = reader.byte();
      const std::string_view content = reader.string();
      if (!reader.ok() || !read_certificate_section(type, content, list)) return false;
    }
    return reader.ok();
  }

  bool read_certificate_section(std::uint8_t type, std::string_view bytes, SshRevocations::OfAuthority& list) {
    WireReader reader(bytes);
    switch (type) {
      case serial_list:
        while (reader.ok() && !reader.finished()) {
          const std::uint64_t serial = reader.long_number();
          if (!room()) return false;
          list.serials.emplace_back(serial, serial);
        }
        return reader.ok();
      case serial_range: {
        const std::uint64_t first = reader.long_number(), last = reader.long_number();
        if (!reader.finished() || first > last || !room()) return false;
        list.serials.emplace_back(first, last);
        return true;
      }
      case serial_bitmap: return read_bitmap(reader, list);
      case key_ids: return read_strings(bytes, list.key_ids, 0);
      case certificate_extension: return may_pass_over(bytes);
      default: return false;
    }
  }

  // The lowest bit stands for the offset itself.
  bool read_bitmap(WireReader& reader, SshRevocations::OfAuthority& list) {
    const std::uint64_t offset = reader.long_number();
    const std::string_view bitmap = reader.positive_integer();
    if (!reader.finished()) return false;
    for (std::size_t i = 0; i < bitmap.size(); ++i) {
      const auto bits = static_cast<unsigned char>(bitmap[bitmap.size() - 1 - i]);
      for (unsigned bit = 0; bit < 8; ++bit) {
        if ((bits >> bit & 1) == 0) continue;
        const std::uint64_t serial = offset + i * 8 + bit;
        if (serial < offset || !room()) return false;
        list.serials.emplace_back(serial, serial);
      }
    }
    return true;
  }

  std::string_view bytes_;
  WireReader reader_;
  SshRevocations& out_;
  std::size_t entries_ = 0;
  bool signed_ = false;
};

Status SshRevocations::read_lines(const Document& document) {
  std::string_view rest = document.bytes;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.empty() || line.front() == '#') continue;
    const auto blank = std::min(line.find_first_of(" \t"), line.size());
    std::string_view digits = line.substr(blank);
    digits.remove_prefix(std::min(digits.find_first_not_of(" \t"), digits.size()));
    digits = digits.substr(0, digits.find_first_of(" \t"));
    const auto blob = line.size() > most_line ? std::nullopt : crypto::from_base64(digits);
    if (!blob || blob->empty() || key_type(*blob) != line.substr(0, blank) || keys_.size() == most_entries) {
      Error error = malformed("a line that is no SSH public key");
      error.where.at = std::to_string(number) + ":1";
      return error;
    }
    keys_.insert(*blob);
  }
  return Done{};
}

Result<SshRevocations> SshRevocations::parse(const Document& document) {
  SshRevocations out;
  out.artifact_ = document.origin.artifact;
  const bool binary = document.bytes.starts_with(magic);
  const Status read = binary ? KrlReader(document.bytes, out).read() : out.read_lines(document);
  if (read) return out;
  Error error = read.error();
  Origin where = document.origin;
  where.at = error.where.at;
  error.where = std::move(where);
  return error;
}

bool SshRevocations::revokes(const std::string& blob) const {
  return keys_.contains(blob) || (!sha256_.empty() && sha256_.contains(crypto::sha256(blob))) ||
         (!sha1_.empty() && sha1_.contains(crypto::sha1(blob)));
}

bool SshRevocations::covers(const OfAuthority& list, const SshCertificate& certificate) {
  if (list.key_ids.contains(certificate.key_id)) return true;
  const auto after =
      std::ranges::upper_bound(list.serials, certificate.serial, {}, &std::pair<std::uint64_t, std::uint64_t>::first);
  return after != list.serials.begin() && certificate.serial <= std::prev(after)->second;
}

bool SshRevocations::revokes(const SshCertificate& certificate) const {
  if (revokes(certificate.key.blob) || revokes(certificate.authority)) return true;
  return std::ranges::any_of(std::initializer_list<std::string>{certificate.authority, {}},
                             [&](const std::string& authority) {
                               const auto found = by_authority_.find(authority);
                               return found != by_authority_.end() && covers(found->second, certificate);
                             });
}

}  // namespace gate::git
