#include "gate/policy/trust_root.h"

#include "gate/crypto/digest.h"
#include "gate/policy/reader.h"

namespace gate::policy {
namespace {

using sigstore::Authority;
using sigstore::Interval;
using sigstore::Log;

std::optional<Instant> instant_at(const Entry& entry, Complaints& complaints) {
  const auto text = read_text(entry.value, entry.key, complaints);
  if (!text) return std::nullopt;
  const auto instant = parse_instant(*text);
  if (!instant) complaints.add(entry.value.at, entry.key + " is no time as RFC 3339 has it");
  return instant;
}

std::optional<Interval> interval_of(MapReader& map, Complaints& complaints) {
  const Entry *from = map.require("from"), *until = map.find("until");
  const auto start = from ? instant_at(*from, complaints) : std::nullopt;
  const auto end = until ? instant_at(*until, complaints) : std::nullopt;
  if (!start || (until && !end)) return std::nullopt;
  return Interval{*start, end};
}

std::optional<std::string> bytes_of(const Node& node, std::string_view what, Complaints& complaints) {
  const auto text = read_text(node, what, complaints);
  auto bytes = text ? crypto::from_base64(*text) : std::nullopt;
  if (text && !bytes) complaints.add(node.at, std::string(what) + " is no base64");
  return bytes;
}

std::optional<Log> read_log(const Node& node, Complaints& complaints) {
  MapReader map(node, "for a log", complaints);
  const auto url = map.text("url"), algorithm = map.text("algorithm");
  const auto interval = interval_of(map, complaints);
  const Entry* key = map.require("key");
  const auto bytes = key ? bytes_of(key->value, "key", complaints) : std::nullopt;
  map.finish();
  if (!url || !algorithm || !interval || !bytes) return std::nullopt;
  auto log = sigstore::make_log(*url, *algorithm, *bytes, *interval);
  if (log) return std::move(*log);
  complaints.add(node.at, log.error().what);
  return std::nullopt;
}

std::optional<Authority> read_authority(const Node& node, Complaints& complaints) {
  MapReader map(node, "for an authority", complaints);
  const auto url = map.text("url");
  const auto interval = interval_of(map, complaints);
  std::vector<std::string> chain;
  for (const Node& element : map.required_list("chain")) {
    auto certificate = bytes_of(element, "certificate", complaints);
    if (!certificate) return std::nullopt;
    chain.push_back(std::move(*certificate));
  }
  map.finish();
  if (!url || !interval || chain.empty()) return std::nullopt;
  return Authority{*url, sigstore::AuthorityChain(std::move(chain)), *interval};
}

template <class T, class Read>
std::vector<T> read_all(MapReader& map, std::string_view key, Read read, Complaints& complaints) {
  std::vector<T> all;
  for (const Node& node : map.required_list(key)) {
    if (auto made = read(node, complaints)) all.push_back(std::move(*made));
  }
  return all;
}

}  // namespace

std::optional<sigstore::TrustedRoot> read_trust_root(const std::string& file, std::string_view bytes,
                                                     Complaints& complaints) {
  const auto node = read_yaml(file, bytes, complaints);
  if (!node) return std::nullopt;
  MapReader map(*node, "in a trust root", complaints);
  map.text("name");
  sigstore::TrustedRoot root;
  root.transparency_logs = read_all<Log>(map, "transparency_logs", read_log, complaints);
  root.certificate_logs = read_all<Log>(map, "certificate_logs", read_log, complaints);
  root.certificate_authorities = read_all<Authority>(map, "certificate_authorities", read_authority, complaints);
  root.timestamp_authorities = read_all<Authority>(map, "timestamp_authorities", read_authority, complaints);
  map.finish();
  if (!complaints.empty()) return std::nullopt;
  return root;
}

}  // namespace gate::policy
