#include "adapters/git/allowed_signers.h"

#include <fmt/format.h>

#include <algorithm>

#include "gate/crypto/digest.h"
#include "gate/json/printable.h"

namespace gate::git {
namespace {

constexpr std::size_t most_lines = 100'000, longest_line = 64 << 10, longest_name = 1'024, most_names = 1'000;

// Linear but for the last star, to which it goes back.
bool pattern_matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, star_text = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_text = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

template <class Visit>
void for_each_name(std::string_view list, Visit&& visit) {
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    visit(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

bool is_key_type(std::string_view word) {
  return std::ranges::any_of(std::initializer_list<std::string_view>{"ssh-", "ecdsa-", "sk-", "webauthn-sk-"},
                             [&](std::string_view start) { return word.starts_with(start); });
}

// YYYYMMDD[HHMM[SS]][Z]
std::optional<Instant> parse_time(std::string_view text) {
  if (text.ends_with('Z') || text.ends_with('z')) text.remove_suffix(1);
  if (text.size() != 8 && text.size() != 12 && text.size() != 14) return std::nullopt;
  const std::string t = std::string(text) + std::string(14 - text.size(), '0');
  return parse_instant(fmt::format("{}-{}-{}T{}:{}:{}Z", t.substr(0, 4), t.substr(4, 2), t.substr(6, 2), t.substr(8, 2),
                                   t.substr(10, 2), t.substr(12, 2)));
}

// Reads one line. The first complaint ends it and stays in `complaint`.
class LineReader {
 public:
  explicit LineReader(std::string_view line) : line_(line) {}

  // Nothing: an empty line, a comment, or a complaint.
  std::optional<AllowedSigner> read() {
    skip_blanks();
    if (done() || line_[at_] == '#') return std::nullopt;
    AllowedSigner signer;
    read_principals(signer);
    if (!complaint_) read_options(signer);
    if (!complaint_) read_key(signer);
    // An authority's patterns are held to the names in its certificates; anybody else's line has to name somebody.
    if (!complaint_ && signer.principal.empty() && !certificate_authority_)
      complain("no principal that the list lets through", 0);
    if (complaint_) return std::nullopt;
    return signer;
  }
  bool is_authority() const { return certificate_authority_; }

  const std::optional<std::string>& complaint() const { return complaint_; }
  std::size_t complaint_column() const { return complaint_at_ + 1; }

 private:
  bool done() const { return at_ >= line_.size(); }
  void skip_blanks() {
    while (!done() && is_blank(line_[at_])) ++at_;
  }
  void complain(std::string what, std::size_t at) {
    if (complaint_) return;
    complaint_ = std::move(what);
    complaint_at_ = at;
  }
  std::string_view word() {
    const std::size_t start = at_;
    while (!done() && !is_blank(line_[at_])) ++at_;
    return line_.substr(start, at_ - start);
  }

  void read_principals(AllowedSigner& signer) {
    const std::size_t start = at_;
    std::string_view list;
    if (line_[at_] == '"') {
      const auto end = line_.find('"', at_ + 1);
      if (end == std::string_view::npos) return complain("a quote that does not end", start);
      list = line_.substr(at_ + 1, end - at_ - 1);
      at_ = end + 1;
      if (!done() && !is_blank(line_[at_])) return complain("text right after a quote", at_);
    } else {
      list = word();
    }
    skip_blanks();
    if (json::printable(list, list.size()) != list)
      return complain("principals with control characters, or not in UTF-8", start);
    std::size_t names = 0;
    for_each_name(list, [&](std::string_view name) {
      if (++names > most_names) return complain("more than 1000 principals", start);
      const bool chosen =
          signer.principal.empty() && !name.empty() && name.size() <= longest_name && name.front() != '!';
      if (chosen && pattern_list_allows(list, name)) signer.principal = name;
    });
    if (names == 0) complain("no principal that the list lets through", start);
    signer.principals = list;
  }

  void read_options(AllowedSigner& signer) {
    const auto next = line_.substr(at_, line_.find_first_of(" \t", at_) - at_);
    if (done() || is_key_type(next)) return;
    const std::size_t start = at_;
    for (;;) {
      read_option(signer);
      if (complaint_ || done() || is_blank(line_[at_])) break;
      if (line_[at_] != ',') return complain("text right after an option", at_);
      ++at_;
    }
    skip_blanks();
    if (signer.valid_after && signer.valid_before && *signer.valid_before <= *signer.valid_after) {
      complain("valid-before is not later than valid-after", start);
    }
  }

  void read_option(AllowedSigner& signer) {
    const std::size_t start = at_;
    while (!done() && line_[at_] != '=' && line_[at_] != ',' && !is_blank(line_[at_])) ++at_;
    std::string name(line_.substr(start, at_ - start));
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (name == "cert-authority") {
      certificate_authority_ = true;
    } else if (name == "namespaces") {
      if (signer.namespaces) return complain("namespaces twice", start);
      signer.namespaces = option_value(name);
    } else if (name == "valid-after" || name == "valid-before") {
      auto& instant = name == "valid-after" ? signer.valid_after : signer.valid_before;
      if (instant) return complain(name + " twice", start);
      const std::string value = option_value(name);
      instant = parse_time(value);
      if (!instant) complain(name + ": no time (YYYYMMDD[HHMM[SS]][Z])", start);
    } else {
      complain(fmt::format("unknown option '{}'", json::printable(name, 40)), start);
    }
  }

  std::string option_value(const std::string& name) {
    const std::size_t start = at_;
    std::string value;
    if (line_.substr(at_).starts_with("=\"")) {
      for (at_ += 2; !done(); ++at_) {
        if (line_[at_] == '"') {
          ++at_;
          return value;
        }
        if (line_.substr(at_).starts_with("\\\"")) ++at_;
        value += line_[at_];
      }
    }
    complain(name + " without a quoted value", start);
    return {};
  }

  void read_key(AllowedSigner& signer) {
    const std::size_t start = at_;
    const std::string_view type = word();
    skip_blanks();
    const std::size_t blob_start = at_;
    const std::string_view digits = word();
    if (!is_key_type(type) || digits.empty()) return complain("no key after the principals", start);
    const auto blob = crypto::from_base64(digits);
    if (!blob) return complain("a key that is no base64", blob_start);
    auto key = parse_ssh_key(*blob);
    if (!key) return complain(key.error().what, blob_start);
    if (key->type != type) return complain("a key of another type than the line says", start);
    signer.key = std::move(*key);
    signer.at = std::to_string(start + 1);
  }

  std::string_view line_;
  std::size_t at_ = 0;
  bool certificate_authority_ = false;
  std::optional<std::string> complaint_;
  std::size_t complaint_at_ = 0;
};

}  // namespace

bool pattern_list_allows(std::string_view list, std::string_view text) {
  bool allowed = false, refused = false;
  for_each_name(list, [&](std::string_view pattern) {
    const bool negated = pattern.starts_with('!');
    if (negated) pattern.remove_prefix(1);
    if (pattern.size() > longest_name || !pattern_matches(pattern, text)) return;
    (negated ? refused : allowed) = true;
  });
  return allowed && !refused;
}

std::optional<AllowedSigner::Refusal> AllowedSigner::refusal(std::string_view name_space, Instant now) const {
  if (namespaces && !pattern_list_allows(*namespaces, name_space))
    return Refusal{SignatureState::wrong_purpose, "is not for signatures of git"};
  if (valid_after && now < *valid_after)
    return Refusal{SignatureState::not_yet_valid, "is valid only after " + format(*valid_after)};
  if (valid_before && now >= *valid_before)
    return Refusal{SignatureState::expired_key, "was valid only before " + format(*valid_before)};
  return std::nullopt;
}

AllowedSigners::AllowedSigners(const Document& document) : artifact_(document.origin.artifact) {
  const auto complain = [&](Errc code, std::string what, std::string at) {
    Origin where = document.origin;
    where.at = std::move(at);
    problems_.push_back({code, std::move(what), std::move(where)});
  };
  std::string_view rest = document.bytes;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    if (number > most_lines) {
      complain(Errc::too_large, "more than 100000 lines", std::to_string(number) + ":1");
      break;
    }
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() > longest_line) {
      complain(Errc::too_large, "a line of more than 64 KiB", std::to_string(number) + ":1");
      continue;
    }
    LineReader reader(line);
    auto signer = reader.read();
    if (reader.complaint()) {
      complain(Errc::malformed, *reader.complaint(), fmt::format("{}:{}", number, reader.complaint_column()));
    } else if (signer) {
      signer->at = fmt::format("{}:{}", number, signer->at);
      std::string blob = signer->key.blob;
      (reader.is_authority() ? by_authority_ : by_key_)[std::move(blob)].push_back(std::move(*signer));
    }
  }
}

namespace {

const std::vector<AllowedSigner>& find(const std::map<std::string, std::vector<AllowedSigner>>& lines,
                                       const std::string& blob) {
  static const std::vector<AllowedSigner> none;
  const auto found = lines.find(blob);
  return found == lines.end() ? none : found->second;
}

}  // namespace

const std::vector<AllowedSigner>& AllowedSigners::of_key(const std::string& blob) const { return find(by_key_, blob); }
const std::vector<AllowedSigner>& AllowedSigners::of_authority(const std::string& blob) const {
  return find(by_authority_, blob);
}

}  // namespace gate::git
