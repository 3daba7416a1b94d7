#include "gate/policy/yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <charconv>
#include <set>
#include <sstream>
#include <utility>

namespace gate::policy {
namespace {

constexpr std::size_t most_bytes = 1u << 20;
constexpr std::size_t most_depth = 32;

struct Stop {};  // reading cannot go on; the complaint is noted

enum class Typed { text, value, out_of_range };

// YAML 1.2, section 10.3.2, without floating point numbers, which no policy needs.
Typed resolve_integer(std::string_view text, Node& node) {
  const bool negative = text.starts_with('-');
  std::string_view digits = text;
  if (negative || text.starts_with('+')) digits.remove_prefix(1);
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0o")) {
    base = text[1] == 'x' ? 16 : 8;
    digits = text.substr(2);
  }
  if (digits.empty() || digits.front() == '-') return Typed::text;
  std::string number = (negative ? "-" : "") + std::string(digits);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value, base);
  if (end != number.data() + number.size()) return Typed::text;
  if (error != std::errc{}) return Typed::out_of_range;
  node.data = value;
  return Typed::value;
}

Typed resolve_plain(const std::string& text, Node& node) {
  if (text == "true" || text == "True" || text == "TRUE") {
    node.data = true;
  } else if (text == "false" || text == "False" || text == "FALSE") {
    node.data = false;
  } else {
    return resolve_integer(text, node);
  }
  return Typed::value;
}

// The reader takes a quote that is still open at the end of the file for closed.
bool is_closed(std::string_view scalar) {
  if (scalar.empty() || (scalar.front() != '"' && scalar.front() != '\'')) return true;
  const char quote = scalar.front();
  for (std::size_t i = 1; i < scalar.size(); ++i) {
    if (quote == '"' && scalar[i] == '\\') {
      ++i;
    } else if (scalar[i] == quote) {
      if (quote == '"' || i + 1 == scalar.size() || scalar[i + 1] != quote) return true;
      ++i;
    }
  }
  return false;
}

// Builds the tree from the reader's events, which still show what a tree no longer does: anchors, tags, keys' places.
class Builder : public YAML::EventHandler {
 public:
  Builder(const std::string& file, const Source& source, Complaints& complaints)
      : file_(file), source_(source), complaints_(complaints) {}

  // The whole tree, if nothing was refused.
  std::optional<Node> take() {
    if (last_scalar_ && !is_closed(from(*last_scalar_))) refuse(*last_scalar_, "not YAML: the quote is not closed");
    if (!broken_ && !root_) complaints_.add({file_, 0, 0}, "the file is empty");
    return broken_ ? std::nullopt : std::exchange(root_, {});
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) stop(mark, "a second document in one file");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    check_anchor(mark, anchor);
    place({{}, at(mark)}, true);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, "aliases (*name) are not accepted; write the value out");
    place({{}, at(mark)}, true);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    check_anchor(mark, anchor);
    const bool quoted = tag == "!", tagged = !quoted && tag != "?";
    check_tag(mark, tagged || from(mark).starts_with('!'));
    check_characters(mark, text);
    last_scalar_ = mark;
    Node node{text, at(mark)};
    const Typed typed = quoted || tagged ? Typed::text : resolve_plain(text, node);
    if (typed == Typed::out_of_range) refuse(mark, "a number beyond 64 bits; if it is text, put it in quotes");
    if (!quoted && text == "<<" && expects_key())
      refuse(mark, "merge keys (<<) are not accepted; write the members out");
    place(std::move(node), typed == Typed::value);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(mark, tag, anchor, std::vector<Node>{});
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(mark, tag, anchor, std::vector<Entry>{});
  }
  void OnMapEnd() override { end(); }

 private:
  struct Frame {
    Node node;
    std::optional<Entry> entry;  // of a map: its value comes next
    std::set<std::string, std::less<>> keys;
  };

  Position at(const YAML::Mark& mark) const {
    return source_.at(static_cast<std::size_t>(mark.line), static_cast<std::size_t>(mark.column));
  }
  std::string_view from(const YAML::Mark& mark) const {
    return source_.from(static_cast<std::size_t>(mark.line), static_cast<std::size_t>(mark.column));
  }
  void refuse(const YAML::Mark& mark, std::string what) {
    complaints_.add(at(mark), std::move(what));
    broken_ = true;
  }
  [[noreturn]] void stop(const YAML::Mark& mark, std::string what) {
    refuse(mark, std::move(what));
    throw Stop{};
  }
  void check_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) refuse(mark, "anchors (&name) are not accepted");
  }
  void check_tag(const YAML::Mark& mark, bool tagged) {
    if (tagged) refuse(mark, "tags (!name) are not accepted");
  }
  // Escapes in quoted text can bring in what the file itself may not hold.
  void check_characters(const YAML::Mark& mark, std::string_view text) {
    while (!text.empty()) {
      const char32_t c = next_character(text);
      if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0))
        return refuse(mark, "a control character in text");
    }
  }

  bool expects_key() const { return !stack_.empty() && stack_.back().node.map() && !stack_.back().entry; }

  template <class Collection>
  void begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Collection collection) {
    check_anchor(mark, anchor);
    check_tag(mark, tag != "?" || from(mark).starts_with('!'));
    if (expects_key()) stop(mark, "a key must be text");
    if (stack_.size() == most_depth) stop(mark, fmt::format("more than {} levels deep", most_depth));
    stack_.push_back({{std::move(collection), at(mark)}, {}, {}});
  }
  void end() {
    Node node = std::move(stack_.back().node);
    stack_.pop_back();
    place(std::move(node), false);
  }

  void place(Node node, bool typed) {
    if (stack_.empty()) {
      root_ = std::move(node);
    } else if (auto* list = std::get_if<std::vector<Node>>(&stack_.back().node.data)) {
      list->push_back(std::move(node));
    } else if (expects_key()) {
      place_key(std::move(node), typed);
    } else {
      Frame& frame = stack_.back();
      if (node.is_null()) node.at = frame.entry->at;  // the reader's mark for what is not written is the next token
      frame.entry->value = std::move(node);
      if (frame.keys.insert(frame.entry->key).second) {
        std::get<std::vector<Entry>>(frame.node.data).push_back(std::move(*frame.entry));
      } else if (!broken_) {
        complaints_.add(frame.entry->at, fmt::format("duplicate key {}", quote(frame.entry->key)));
      }
      frame.entry.reset();
    }
  }
  void place_key(Node node, bool typed) {
    if (typed || !node.text()) {
      complaints_.add(node.at, fmt::format("a key must be text, this is {}", node.type()), "put it in quotes");
      broken_ = true;
    }
    const std::string* text = node.text();
    stack_.back().entry = Entry{text ? *text : std::string(), node.at, {}};
  }

  const std::string& file_;
  const Source& source_;
  Complaints& complaints_;
  std::optional<Node> root_;
  std::optional<YAML::Mark> last_scalar_;
  std::vector<Frame> stack_;
  int documents_ = 0;
  bool broken_ = false;
};

// What may not stand in a file at all. One complaint is enough: such a file is no text.
bool check_bytes(const Source& source, Complaints& complaints) {
  std::string_view rest = source.bytes();
  const auto complain = [&](std::size_t offset, std::string what) {
    complaints.add(source.at_offset(offset), std::move(what));
    return false;
  };
  while (!rest.empty()) {
    const std::size_t offset = source.bytes().size() - rest.size();
    const char32_t c = next_character(rest);
    if (c == invalid) return complain(offset, "not UTF-8");
    if (c == '\r' && !rest.starts_with('\n')) return complain(offset, "a carriage return without a line feed");
    if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || (c >= 0x7F && c < 0xA0)) {
      return complain(offset, fmt::format("control character U+{:04X}", static_cast<unsigned>(c)));
    }
    // What a reviewer sees would not be what is read (CVE-2021-42574).
    if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) {
      return complain(offset, fmt::format("U+{:04X}, which turns the direction of text", static_cast<unsigned>(c)));
    }
  }
  return true;
}

// Directives come before the document and are no events of the reader.
bool check_directives(const Source& source, Complaints& complaints) {
  for (std::string_view rest = source.bytes(); !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    if (line.starts_with('%')) {
      complaints.add(source.at_offset(source.bytes().size() - rest.size()), "directives (%NAME) are not accepted");
      return false;
    }
    const auto first = line.find_first_not_of(" \t\r");
    if (first != std::string_view::npos && line[first] != '#') return true;
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  return true;
}

void complain(const YAML::ParserException& error, const Source& source, const std::string& file,
              Complaints& complaints) {
  if (error.mark.line < 0) return complaints.add({file, 0, 0}, fmt::format("not YAML: {}", error.msg));
  const auto line = static_cast<std::size_t>(error.mark.line);
  // The reader takes such a tab for a part of the text and stumbles later.
  const std::string text = source.line(error.mark.line + 1);
  if (const auto tab = text.find_first_not_of(' '); tab != std::string::npos && text[tab] == '\t') {
    return complaints.add(source.at(line, tab), "not YAML: a tab cannot indent; use blanks");
  }
  complaints.add(source.at(line, static_cast<std::size_t>(error.mark.column)), fmt::format("not YAML: {}", error.msg));
}

}  // namespace

std::string_view Node::type() const {
  constexpr std::string_view names[] = {"nothing", "true or false", "a whole number", "text", "a list", "a map"};
  return names[data.index()];
}

std::optional<Node> read_yaml(const std::string& file, std::string_view bytes, Complaints& complaints) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (bytes.size() > most_bytes) {
    complaints.add({file, 0, 0}, fmt::format("larger than {} bytes", most_bytes));
    return std::nullopt;
  }
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  const Source& source = complaints.open(file, bytes);
  if (!check_bytes(source, complaints) || !check_directives(source, complaints)) return std::nullopt;

  Builder builder(file, source, complaints);
  try {
    std::istringstream stream{std::string(bytes)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop&) {
    return std::nullopt;
  } catch (const YAML::ParserException& error) {
    complain(error, source, file, complaints);
    return std::nullopt;
  }
  return builder.take();
}

Value to_value(const Node& node) {
  Value value;
  value.at = node.at;
  if (const auto* list = node.list()) {
    List values;
    for (const Node& each : *list) values.push_back(to_value(each));
    value.data = std::move(values);
  } else if (const auto* map = node.map()) {
    Map members;
    for (const Entry& entry : *map) members.emplace(entry.key, to_value(entry.value));
    value.data = std::move(members);
  } else if (const bool* flag = node.boolean()) {
    value.data = *flag;
  } else if (const auto* number = node.integer()) {
    value.data = *number;
  } else if (const auto* text = node.text()) {
    value.data = *text;
  }
  return value;
}

}  // namespace gate::policy
