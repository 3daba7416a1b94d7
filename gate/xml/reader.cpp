#include <expat.h>

#include <algorithm>
#include <exception>
#include <limits>
#include <memory>
#include <optional>

#include "gate/xml/element.h"

namespace gate::xml {
namespace {

constexpr char separator = '\n';  // between namespace and name; Expat refuses URIs that hold it

bool is_ascii_case_of(std::string_view text, std::string_view upper) {
  if (text.size() != upper.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] >= 'a' && text[i] <= 'z' ? static_cast<char>(text[i] - 'a' + 'A') : text[i];
    if (c != upper[i]) return false;
  }
  return true;
}

// The parent's text and attributes are looked at once it is whole, so that elements are built on a stack of their own.
class Handler {
 public:
  Handler(XML_Parser parser, const Limits& limits) : parser_(parser), limits_(limits) {
    XML_SetUserData(parser, this);
    XML_SetElementHandler(
        parser, [](void* self, const char* name, const char** attributes) { of(self).begin(name, attributes); },
        [](void* self, const char*) { of(self).end(); });
    XML_SetCharacterDataHandler(parser, [](void* self, const char* text, int size) {
      Handler& handler = of(self);
      if (handler.stopped()) return;
      handler.guard([&] { handler.open_.back().text.append(text, static_cast<std::size_t>(size)); });
    });
    XML_SetStartDoctypeDeclHandler(parser, [](void* self, const char*, const char*, const char*, int) {
      of(self).refuse(Errc::malformed, "a document type declaration, which gate does not follow");
    });
    XML_SetXmlDeclHandler(parser, [](void* self, const char* version, const char* encoding, int) {
      of(self).declaration(version, encoding);
    });
  }

  const std::optional<Error>& complaint() const { return complaint_; }
  std::exception_ptr thrown() const { return thrown_; }
  Element take() { return std::move(root_); }

 private:
  static Handler& of(void* self) { return *static_cast<Handler*>(self); }

  // Expat is C: no exception may go through it. And it may call once more after it was told to stop.
  bool stopped() const { return complaint_ || thrown_; }
  template <class Act>
  void guard(Act act) {
    try {
      act();
    } catch (...) {
      thrown_ = std::current_exception();
      XML_StopParser(parser_, XML_FALSE);
    }
  }

  void refuse(Errc code, std::string what) {
    if (stopped()) return;
    guard([&] { complaint_ = Error{code, std::move(what), {}}; });
    XML_StopParser(parser_, XML_FALSE);
  }

  void declaration(const char* version, const char* encoding) {
    if (version && std::string_view(version) != "1.0")
      refuse(Errc::unsupported_version, "XML of another version than 1.0");
    if (!encoding || is_ascii_case_of(encoding, "UTF-8") || is_ascii_case_of(encoding, "US-ASCII")) return;
    refuse(Errc::unsupported_version, "an encoding that gate does not read: UTF-8 alone");
  }

  static void split(std::string_view name, std::string& space, std::string& local) {
    const auto at = name.rfind(separator);
    if (at != std::string_view::npos) space = name.substr(0, at);
    local = at == std::string_view::npos ? name : name.substr(at + 1);
  }

  void begin(const char* name, const char** attributes) {
    if (stopped()) return;
    if (open_.size() >= limits_.depth) return refuse(Errc::too_large, "nested too deeply");
    if (++elements_ > limits_.elements) return refuse(Errc::too_large, "too many elements");
    guard([&] {
      Element element;
      split(name, element.space, element.name);
      element.line = static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser_));
      element.column = static_cast<std::uint32_t>(XML_GetCurrentColumnNumber(parser_) + 1);
      for (; *attributes; attributes += 2) {
        if (element.attributes.size() >= limits_.attributes) return refuse(Errc::too_large, "too many attributes");
        const std::string_view value = attributes[1];
        if (value.size() > limits_.attribute_bytes) return refuse(Errc::too_large, "an attribute that is too long");
        Attribute& attribute = element.attributes.emplace_back();
        split(attributes[0], attribute.space, attribute.name);
        attribute.value = value;
      }
      open_.push_back(std::move(element));
    });
  }

  void end() {
    if (stopped()) return;
    guard([&] {
      Element element = std::move(open_.back());
      open_.pop_back();
      if (open_.empty()) {
        root_ = std::move(element);
      } else {
        open_.back().children.push_back(std::move(element));
      }
    });
  }

  XML_Parser parser_;
  const Limits& limits_;
  std::vector<Element> open_;
  std::size_t elements_ = 0;
  Element root_;
  std::optional<Error> complaint_;
  std::exception_ptr thrown_;
};

// UTF-16 and UTF-32 begin with a byte order mark, or have a zero byte in the '<' that comes first.
bool is_wide(std::string_view bytes) {
  return bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE") ||
         bytes.substr(0, 2).find('\0') != std::string_view::npos;
}

Result<Element> parse_or_throw(std::string_view bytes, std::string_view artifact, const Limits& limits) {
  const auto failed = [&](Errc code, std::string what, std::string place) {
    return Error{code, std::move(what), {std::string(artifact), {}, std::move(place)}};
  };
  if (bytes.empty()) return failed(Errc::empty, "no XML: nothing is in it", "1:1");
  if (bytes.size() > std::min<std::size_t>(limits.bytes, std::numeric_limits<int>::max())) {
    return failed(Errc::too_large, "over " + std::to_string(limits.bytes) + " bytes", "1:1");
  }
  if (is_wide(bytes)) return failed(Errc::unsupported_version, "UTF-16 or UTF-32; gate reads UTF-8 alone", "1:1");

  // The encoding is told to Expat, so that no declaration changes how bytes are read.
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreateNS("UTF-8", separator),
                                                                            &XML_ParserFree);
  if (!parser) return failed(Errc::internal, "no memory for the XML reader", "1:1");
  Handler handler(parser.get(), limits);
  // In one piece: a token that spans many pieces would be read again with each.
  const auto status = XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), XML_TRUE);
  if (handler.thrown()) std::rethrow_exception(handler.thrown());
  if (status == XML_STATUS_OK && !handler.complaint()) return handler.take();
  std::string place = std::to_string(XML_GetCurrentLineNumber(parser.get())) + ":" +
                      std::to_string(XML_GetCurrentColumnNumber(parser.get()) + 1);
  if (handler.complaint()) return failed(handler.complaint()->code, handler.complaint()->what, std::move(place));
  return failed(Errc::malformed, std::string("not well-formed XML: ") + XML_ErrorString(XML_GetErrorCode(parser.get())),
                std::move(place));
}

}  // namespace

const std::string* Element::attribute(std::string_view wanted) const {
  for (const Attribute& each : attributes) {
    if (each.space.empty() && each.name == wanted) return &each.value;
  }
  return nullptr;
}

std::string Element::place() const { return std::to_string(line) + ":" + std::to_string(column); }

Result<Element> parse(std::string_view bytes, std::string_view artifact, const Limits& limits) {
  try {
    return parse_or_throw(bytes, artifact, limits);
  } catch (const std::exception& error) {
    return Error{
        Errc::internal, std::string("the XML reader ended with: ") + error.what(), {std::string(artifact), {}, "1:1"}};
  }
}

}  // namespace gate::xml
