#include "gate/policy/reader.h"

#include <fmt/format.h>

#include <charconv>

#include <algorithm>

namespace gate::policy {
namespace {

void wrong_type(const Node& node, std::string_view what, std::string_view wanted, Complaints& complaints) {
  const bool quotable = wanted == "text" && (node.boolean() || node.integer());
  complaints.add(node.at, fmt::format("{} must be {}, this is {}", quote(what), wanted, node.type()),
                 quotable ? "put it in quotes" : "");
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\n") == std::string_view::npos; }

const std::vector<Node> no_elements;

// Why a glob can never match as its writer means it; empty for a good one.
std::string_view fault(std::string_view glob) {
  if (glob.find_first_of("[]{}\\") != std::string_view::npos) {
    return "only *, ** and ? are special in a glob; [ ] { } \\ are not accepted";
  }
  if (glob.starts_with('!')) return "a glob has no '!'; use include and exclude";
  if (glob.starts_with('/') || glob.starts_with("./"))
    return "a glob starts at the project's root, without '/' or './'";
  if (glob.ends_with('/')) return "a glob matches files; for all files of a folder write 'folder/**'";
  const std::string segments = fmt::format("/{}/", glob);
  if (segments.find("//") != std::string::npos || segments.find("/./") != std::string::npos ||
      segments.find("/../") != std::string::npos) {
    return "a glob has no empty, '.' or '..' segment";
  }
  return {};
}

}  // namespace

std::optional<std::string> read_text(const Node& node, std::string_view what, Complaints& complaints) {
  if (!node.text()) {
    wrong_type(node, what, "text", complaints);
  } else if (is_blank(*node.text())) {
    complaints.add(node.at, fmt::format("{} is empty", quote(what)));
  } else {
    return *node.text();
  }
  return std::nullopt;
}

std::optional<std::string> read_choice(const Node& node, std::string_view what, const std::vector<std::string>& choices,
                                       Complaints& complaints) {
  const auto text = read_text(node, what, complaints);
  if (!text || std::find(choices.begin(), choices.end(), *text) != choices.end()) return text;
  complaints.add(node.at, fmt::format("unknown value {} of {}", quote(*text), quote(what)), suggest(*text, choices));
  return std::nullopt;
}

std::optional<bool> read_flag(const Node& node, std::string_view what, Complaints& complaints) {
  if (const bool* flag = node.boolean()) return *flag;
  wrong_type(node, what, "true or false", complaints);
  return std::nullopt;
}

std::optional<std::int64_t> read_number(const Node& node, std::string_view what, Complaints& complaints) {
  if (const auto* number = node.integer()) return *number;
  wrong_type(node, what, "a whole number", complaints);
  return std::nullopt;
}

std::optional<Date> read_date(const Node& node, std::string_view what, Complaints& complaints) {
  const auto text = read_text(node, what, complaints);
  if (!text) return std::nullopt;
  const auto date = parse_date(*text);
  if (!date) complaints.add(node.at, fmt::format("{} is no date: {}", quote(what), quote(*text)), "write YYYY-MM-DD");
  return date;
}

std::optional<std::chrono::seconds> read_duration(const Node& node, std::string_view what, Complaints& complaints) {
  const auto text = read_text(node, what, complaints);
  if (!text) return std::nullopt;
  const auto duration = parse_duration(*text);
  if (duration && duration->count() > 0) return duration;
  complaints.add(node.at, fmt::format("{} is no duration: {}", quote(what), quote(*text)), "write 7d, 12h, 30m or 90s");
  return std::nullopt;
}

std::optional<std::uint64_t> read_size(const Node& node, std::string_view what, std::uint64_t most,
                                       Complaints& complaints) {
  const auto text = read_text(node, what, complaints);
  if (!text) return std::nullopt;
  std::uint64_t number = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, number);
  const std::string_view unit(stop, end);
  const int shift = unit.empty() ? 0 : unit == "k" ? 10 : unit == "M" ? 20 : unit == "G" ? 30 : -1;
  if (error == std::errc{} && shift >= 0 && number > 0 && number <= (most >> shift)) return number << shift;
  complaints.add(node.at, fmt::format("{} is no size: {}", quote(what), quote(*text)),
                 fmt::format("write 512k, 100M or 2G; at most {}M", most >> 20));
  return std::nullopt;
}

const std::vector<Node>* read_list(const Node& node, std::string_view what, Complaints& complaints) {
  if (!node.list()) wrong_type(node, what, "a list", complaints);
  return node.list();
}

std::optional<std::vector<std::string>> read_texts(const Node& node, std::string_view what, Complaints& complaints) {
  const auto* list = read_list(node, what, complaints);
  if (!list) return std::nullopt;
  std::vector<std::string> texts;
  for (const Node& each : *list) {
    if (auto text = read_text(each, what, complaints)) texts.push_back(std::move(*text));
  }
  if (texts.size() != list->size()) return std::nullopt;
  return texts;
}

namespace {

// YAML folds a line break into a blank; between two wide characters Japanese has none.
std::string without_folds(std::string_view text) {
  const auto wide = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  std::string joined;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool fold = text[i] == ' ' && i > 0 && i + 1 < text.size() && wide(text[i - 1]) && wide(text[i + 1]);
    if (!fold) joined += text[i];
  }
  return joined;
}

}  // namespace

std::optional<Bilingual> read_bilingual(const Node& node, std::string_view what, Complaints& complaints) {
  MapReader map(node, fmt::format("in {}", quote(what)), complaints);
  auto en = map.text("en"), ja = map.text("ja");
  map.finish();
  if (!en || !ja) return std::nullopt;
  return Bilingual{std::move(*en), without_folds(*ja)};
}

std::optional<Bilingual> read_bilingual_or_text(const Node& node, std::string_view what, Complaints& complaints) {
  if (!node.text()) return read_bilingual(node, what, complaints);
  const auto text = read_text(node, what, complaints);
  return text ? std::optional(Bilingual{*text, *text}) : std::nullopt;
}

std::optional<std::string> read_glob(const Node& node, std::string_view what, Complaints& complaints) {
  auto glob = read_text(node, what, complaints);
  if (!glob) return std::nullopt;
  const std::string_view problem = fault(*glob);
  if (problem.empty()) return glob;
  complaints.add(node.at, fmt::format("bad glob {}: {}", quote(*glob), problem));
  return std::nullopt;
}

MapReader::MapReader(const Node& node, std::string where, Complaints& complaints, std::string noun)
    : node_(node), where_(std::move(where)), noun_(std::move(noun)), complaints_(complaints) {
  if (!node.map()) complaints_.add(node.at, fmt::format("a map is needed {}, this is {}", where_, node.type()));
}

const Entry* MapReader::find(std::string_view key) {
  asked_.emplace_back(key);
  if (!node_.map()) return nullptr;
  const auto found =
      std::find_if(node_.map()->begin(), node_.map()->end(), [&](const Entry& e) { return e.key == key; });
  return found == node_.map()->end() ? nullptr : &*found;
}

const Entry* MapReader::require(std::string_view key) {
  const Entry* entry = find(key);
  if (!entry && node_.map()) complaints_.add(node_.at, fmt::format("missing {} {} {}", noun_, quote(key), where_));
  return entry;
}

std::optional<std::string> MapReader::text(std::string_view key) {
  const Entry* entry = require(key);
  return entry ? read_text(entry->value, key, complaints_) : std::nullopt;
}

std::optional<Bilingual> MapReader::bilingual(std::string_view key) {
  const Entry* entry = require(key);
  return entry ? read_bilingual(entry->value, key, complaints_) : std::nullopt;
}

const std::vector<Node>& MapReader::list(std::string_view key) { return elements(find(key)); }

const std::vector<Node>& MapReader::required_list(std::string_view key) { return elements(require(key)); }

const std::vector<Node>& MapReader::elements(const Entry* entry) {
  const auto* list = entry ? read_list(entry->value, entry->key, complaints_) : nullptr;
  return list ? *list : no_elements;
}

void MapReader::finish() {
  if (!node_.map()) return;
  for (const Entry& entry : *node_.map()) {
    if (complaints_.full()) return;
    if (std::find(asked_.begin(), asked_.end(), entry.key) != asked_.end()) continue;
    complaints_.add(entry.at, fmt::format("unknown {} {} {}", noun_, quote(entry.key), where_),
                    suggest(entry.key, asked_));
  }
}

}  // namespace gate::policy
