#include <charconv>
#include <cmath>

#include "gate/json/utf8.h"
#include "gate/json/value.h"

namespace gate::json {
namespace {

// Recursion is safe: the reader caps the depth, and what gate itself builds is shallow.
class Writer {
 public:
  explicit Writer(bool pretty) : pretty_(pretty) {}

  void write(const Value& value) {
    if (value.is_null()) {
      out_ += "null";
    } else if (const bool* flag = value.boolean()) {
      out_ += *flag ? "true" : "false";
    } else if (const auto* whole = value.integer()) {
      out_ += std::to_string(*whole);
    } else if (const double* real = value.real()) {
      write_real(*real);
    } else if (const auto* text = value.text()) {
      write_text(*text);
    } else if (const auto* array = value.array()) {
      write_items('[', ']', *array, [this](const Value& element) { write(element); });
    } else if (const auto* object = value.object()) {
      write_items('{', '}', object->members(), [this](const Member& member) {
        write_text(member.first);
        out_ += pretty_ ? ": " : ":";
        write(member.second);
      });
    }
  }
  std::string take() { return std::move(out_); }

 private:
  template <class Items, class WriteItem>
  void write_items(char open, char close, const Items& items, WriteItem write_item) {
    out_ += open;
    ++depth_;
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += ',';
      first = false;
      break_line();
      write_item(item);
    }
    --depth_;
    if (!first) break_line();
    out_ += close;
  }

  void break_line() {
    if (pretty_) out_.append(1, '\n').append(2 * depth_, ' ');
  }

  // A double keeps a '.' or an exponent, so that the reader does not take it for an integer.
  void write_real(double value) {
    if (!std::isfinite(value)) {
      out_ += "null";
      return;
    }
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    const std::string_view text(digits, static_cast<std::size_t>(end - digits));
    out_ += text;
    if (text.find_first_of(".e") == std::string_view::npos) out_ += ".0";
  }

  void write_text(std::string_view text) {
    out_ += '"';
    for (std::size_t at = 0; at < text.size();) write_code_point(next_code_point(text, at));
    out_ += '"';
  }

  void write_code_point(char32_t code_point) {
    switch (code_point) {
      case '"': out_ += "\\\""; return;
      case '\\': out_ += "\\\\"; return;
      case '\b': out_ += "\\b"; return;
      case '\f': out_ += "\\f"; return;
      case '\n': out_ += "\\n"; return;
      case '\r': out_ += "\\r"; return;
      case '\t': out_ += "\\t"; return;
      default: break;
    }
    if (code_point < 0x20) {
      out_ += code_point < 0x10 ? "\\u000" : "\\u001";
      out_ += "0123456789abcdef"[code_point % 16];
    } else {
      append_utf8(out_, code_point);
    }
  }

  bool pretty_;
  std::size_t depth_ = 0;
  std::string out_;
};

}  // namespace

std::string to_string(const Value& value) {
  Writer writer(false);
  writer.write(value);
  return writer.take();
}

std::string to_pretty_string(const Value& value) {
  Writer writer(true);
  writer.write(value);
  return writer.take() + "\n";
}

}  // namespace gate::json
