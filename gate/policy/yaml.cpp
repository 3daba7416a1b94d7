#include "gate/policy/yaml.h"

#include <fmt/format.h>
#include <yaml.h>

#include <charconv>
#include <cstring>
#include <set>
#include <utility>

namespace gate::policy {
namespace {

constexpr std::size_t most_bytes = 1u << 20;
constexpr std::size_t most_depth = 32;

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

Typed resolve_plain(std::string_view text, Node& node) {
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") {
    node.data = {};
    return Typed::value;
  }
  if (text == "true" || text == "True" || text == "TRUE") {
    node.data = true;
  } else if (text == "false" || text == "False" || text == "FALSE") {
    node.data = false;
  } else {
    return resolve_integer(text, node);
  }
  return Typed::value;
}

// Builds the tree from the reader's events, which still show what a tree no longer does: anchors, tags, keys' places.
class Builder {
 public:
  Builder(const std::string& file, const Source& source, Complaints& complaints)
      : file_(file), source_(source), complaints_(complaints) {}

  // False: reading cannot go on; the complaint is noted.
  bool take(const yaml_event_t& event) {
    const yaml_mark_t& mark = event.start_mark;
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT:
        if (documents_++ > 0) stop(mark, "a second document in one file");
        break;
      case YAML_ALIAS_EVENT:
        refuse(mark, "aliases (*name) are not accepted; write the value out");
        place({{}, at(mark)}, true);
        break;
      case YAML_SCALAR_EVENT: take_scalar(event); break;
      case YAML_SEQUENCE_START_EVENT: {
        const auto& sequence = event.data.sequence_start;
        begin(mark, sequence.anchor, sequence.tag, std::vector<Node>{});
        break;
      }
      case YAML_MAPPING_START_EVENT: {
        const auto& mapping = event.data.mapping_start;
        begin(mark, mapping.anchor, mapping.tag, std::vector<Entry>{});
        break;
      }
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: end(); break;
      default: break;
    }
    return !stopped_;
  }

  // The whole tree, if nothing was refused.
  std::optional<Node> finish() {
    if (!broken_ && !root_) complaints_.add({file_, 0, 0}, "the file is empty");
    return broken_ ? std::nullopt : std::exchange(root_, {});
  }

 private:
  struct Frame {
    Node node;
    std::optional<Entry> entry;  // of a map: its value comes next
    std::set<std::string, std::less<>> keys;
  };

  void take_scalar(const yaml_event_t& event) {
    const auto& scalar = event.data.scalar;
    const yaml_mark_t& mark = event.start_mark;
    const std::string_view text(reinterpret_cast<const char*>(scalar.value), scalar.length);
    check_properties(mark, scalar.anchor, scalar.tag);
    check_characters(mark, text);
    const bool plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
    Node node{std::string(text), at(mark)};
    const Typed typed = plain && !scalar.tag ? resolve_plain(text, node) : Typed::text;
    if (typed == Typed::out_of_range) refuse(mark, "a number beyond 64 bits; if it is text, put it in quotes");
    if (plain && text == "<<" && expects_key()) refuse(mark, "merge keys (<<) are not accepted; write the members out");
    place(std::move(node), typed == Typed::value);
  }

  Position at(const yaml_mark_t& mark) const { return source_.at_character(mark.index); }
  void refuse(const yaml_mark_t& mark, std::string what) {
    complaints_.add(at(mark), std::move(what));
    broken_ = true;
  }
  void stop(const yaml_mark_t& mark, std::string what) {
    refuse(mark, std::move(what));
    stopped_ = true;
  }
  void check_properties(const yaml_mark_t& mark, const yaml_char_t* anchor, const yaml_char_t* tag) {
    if (anchor) refuse(mark, "anchors (&name) are not accepted");
    if (tag) refuse(mark, "tags (!name) are not accepted");
  }
  // Escapes in quoted text can bring in what the file itself may not hold.
  void check_characters(const yaml_mark_t& mark, std::string_view text) {
    while (!text.empty()) {
      const char32_t c = next_character(text);
      if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0))
        return refuse(mark, "a control character in text");
    }
  }

  bool expects_key() const { return !stack_.empty() && stack_.back().node.map() && !stack_.back().entry; }

  template <class Collection>
  void begin(const yaml_mark_t& mark, const yaml_char_t* anchor, const yaml_char_t* tag, Collection collection) {
    check_properties(mark, anchor, tag);
    if (expects_key()) return stop(mark, "a key must be text");
    if (stack_.size() == most_depth) return stop(mark, fmt::format("more than {} levels deep", most_depth));
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
  std::vector<Frame> stack_;
  int documents_ = 0;
  bool broken_ = false, stopped_ = false;
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
    // The end of a line in YAML 1.1, for which the reader takes it, and a character like any other in YAML 1.2.
    if (c == 0x2028 || c == 0x2029) {
      return complain(offset, fmt::format("U+{:04X}, which ends a line for some readers", static_cast<unsigned>(c)));
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

void complain(const yaml_parser_t& parser, const Source& source, Complaints& complaints) {
  const auto is = [](const char* text, std::string_view wanted) { return text && text == wanted; };
  if (is(parser.context, "while scanning a quoted scalar") && is(parser.problem, "found unexpected end of stream")) {
    return complaints.add(source.at_character(parser.context_mark.index), "not YAML: the quote is not closed");
  }
  const Position at = source.at_character(parser.problem_mark.index);
  const std::string line = source.line(at.line);
  if (const auto tab = line.find_first_not_of(' '); tab != std::string::npos && line[tab] == '\t') {
    const Position place{at.file, at.line, static_cast<int>(tab) + 1};
    return complaints.add(place, "not YAML: a tab cannot indent; use blanks");
  }
  const char* problem = parser.problem ? parser.problem : "out of memory";
  complaints.add(at, parser.context ? fmt::format("not YAML: {} ({})", problem, parser.context)
                                    : fmt::format("not YAML: {}", problem));
}

struct Parser {
  yaml_parser_t parser;
  Parser() {
    if (!yaml_parser_initialize(&parser)) throw std::bad_alloc();
  }
  ~Parser() { yaml_parser_delete(&parser); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
};

struct Event {
  yaml_event_t event{};
  ~Event() { yaml_event_delete(&event); }
};

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

  Parser reader;
  yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&reader.parser, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  Builder builder(file, source, complaints);
  for (bool more = true; more;) {
    Event next;
    if (!yaml_parser_parse(&reader.parser, &next.event)) {
      complain(reader.parser, source, complaints);
      return std::nullopt;
    }
    if (!builder.take(next.event)) return std::nullopt;
    more = next.event.type != YAML_STREAM_END_EVENT;
  }
  return builder.finish();
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
