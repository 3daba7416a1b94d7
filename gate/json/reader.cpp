#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <charconv>
#include <cmath>
#include <set>

#include "gate/json/value.h"

namespace gate::json {

// Gathers an object's members. A key that comes twice is noticed as it comes, or else at the end of the object, which
// is faster.
class Builder {
 public:
  // `members`: room for them, to be taken over.
  explicit Builder(bool checks_each_key = false, std::vector<Member> members = {})
      : checks_each_key_(checks_each_key), members_(std::move(members)) {}

  bool add_key(std::string key) {
    const bool is_new = !checks_each_key_ || keys_.insert(key).second;
    members_.emplace_back(std::move(key), Value());
    return is_new;
  }
  void set(Value value) { members_.back().second = std::move(value); }
  const std::string& key() const { return members_.back().first; }
  const std::vector<Member>& members() const { return members_; }

  // Members are long, and their places short to be sorted.
  struct Place {
    std::uint64_t beginning;
    std::size_t index;
  };

  // Nothing where a key came twice. `order` is room to work in, so that it is not allocated for each object.
  std::optional<Object> finish(std::vector<Place>& order) {
    order.clear();
    for (std::size_t i = 0; i < members_.size(); ++i) order.push_back({beginning(members_[i].first), i});
    const auto compare = [this](const Place& a, const Place& b) {
      if (a.beginning != b.beginning) return a.beginning <=> b.beginning;
      return members_[a.index].first <=> members_[b.index].first;
    };
    std::sort(order.begin(), order.end(), [&](const Place& a, const Place& b) { return compare(a, b) < 0; });
    const auto same = [&](const Place& a, const Place& b) { return compare(a, b) == 0; };
    if (std::adjacent_find(order.begin(), order.end(), same) != order.end()) return std::nullopt;
    Object object;
    object.members_.reserve(members_.size());
    for (const Place& place : order) object.members_.push_back(std::move(members_[place.index]));
    return object;
  }

  // Nothing where it is too much to be held for later.
  std::vector<Member> take_room() && {
    if (members_.capacity() > 1024) return {};
    members_.clear();
    return std::move(members_);
  }

 private:
  // The first eight bytes as a number that orders as they do.
  static std::uint64_t beginning(std::string_view key) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i)
      number = number << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0u);
    return number;
  }

  bool checks_each_key_;
  std::vector<Member> members_;
  std::set<std::string> keys_;
};

const Value* Siblings::find(std::string_view key) const {
  const auto& members = builder_.members();
  const auto at = std::ranges::find(members, key, &Member::first);
  return at == members.end() ? nullptr : &at->second;
}

namespace {

namespace bj = boost::json;

// What Boost's tokenizer calls. Containers under construction are on a stack of our own.
class Handler {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  Handler(std::size_t most_values, const Stream& stream, std::string_view artifact, bool checks_each_key)
      : stream_(stream), artifact_(artifact), checks_each_key_(checks_each_key), values_left_(most_values) {}

  Value take() { return std::move(root_); }
  const std::optional<Error>& complaint() const { return complaint_; }

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_object_begin(bj::error_code&) {
    std::vector<Member> room;
    if (!rooms_.empty()) {
      room = std::move(rooms_.back());
      rooms_.pop_back();
    }
    open_.emplace_back(Builder(checks_each_key_, std::move(room)));
    mark_element();
    return true;
  }
  bool on_object_end(std::size_t, bj::error_code& stop) {
    Builder& builder = std::get<Builder>(open_.back().value);
    auto object = builder.finish(order_);
    rooms_.push_back(std::move(builder).take_room());
    if (unread_depth_ == open_.size()) unread_depth_ = 0;
    open_.pop_back();
    if (!object) return refuse(Errc::malformed, "a key comes twice", stop);
    return add(std::move(*object), stop);
  }
  bool on_array_begin(bj::error_code&) {
    const auto streamed = which_streamed();
    open_.emplace_back(Array());
    open_.back().streamed = streamed;
    mark_element();
    return true;
  }
  bool on_array_end(std::size_t, bj::error_code& stop) {
    Array array = std::move(std::get<Array>(open_.back().value));
    open_.pop_back();
    return add(std::move(array), stop);
  }
  bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) { return gather(part); }
  bool on_key(bj::string_view part, std::size_t, bj::error_code& stop) {
    std::string key = gathered(part);
    Builder& object = std::get<Builder>(open_.back().value);
    mark_unread(key);
    if (object.add_key(std::move(key))) return true;
    return refuse(Errc::malformed, "key '" + object.key() + "' comes twice", stop);
  }
  bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) { return unread_depth_ > 0 || gather(part); }
  bool on_string(bj::string_view part, std::size_t, bj::error_code& stop) {
    if (unread_depth_ == 0) return add(gathered(part), stop);
    return std::holds_alternative<Array>(open_.back().value) || add(std::string(), stop);
  }
  bool on_number_part(bj::string_view part, bj::error_code&) { return gather(part); }
  bool on_int64(std::int64_t, bj::string_view part, bj::error_code& stop) { return number(gathered(part), stop); }
  bool on_uint64(std::uint64_t, bj::string_view part, bj::error_code& stop) { return number(gathered(part), stop); }
  bool on_double(double, bj::string_view part, bj::error_code& stop) { return number(gathered(part), stop); }
  bool on_bool(bool value, bj::error_code& stop) { return add(value, stop); }
  bool on_null(bj::error_code& stop) { return add(nullptr, stop); }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

 private:
  bool refuse(Errc code, std::string what, bj::error_code& stop) {
    complaint_ = Error{code, std::move(what), {}};
    stop = bj::error::input_error;
    return false;
  }

  bool gather(bj::string_view part) {
    text_.append(part.data(), part.size());
    return true;
  }
  std::string gathered(bj::string_view last) {
    if (text_.empty()) return std::string(last);
    gather(last);
    return std::exchange(text_, {});
  }

  // Boost's own conversion may miss the nearest double and turns long integers into doubles; the digits say it all.
  bool number(const std::string& text, bj::error_code& stop) {
    const char* end = text.data() + text.size();
    if (text.find_first_of(".eE") == std::string::npos) {
      std::int64_t whole = 0;
      if (std::from_chars(text.data(), end, whole).ec == std::errc()) return add(whole, stop);
      return refuse(Errc::malformed, "integer beyond 64 bits", stop);
    }
    double real = 0;
    if (std::from_chars(text.data(), end, real).ec == std::errc() && std::isfinite(real)) return add(real, stop);
    return refuse(Errc::malformed, "number beyond the range of a double", stop);
  }

  bool add(Value value, bj::error_code& stop) {
    if (values_left_-- == 0) return refuse(Errc::too_large, "too many values", stop);
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (Frame& frame = open_.back(); frame.streamed) {
      hand_over(frame, value);
    } else if (auto* array = std::get_if<Array>(&frame.value)) {
      array->push_back(std::move(value));
    } else {
      std::get<Builder>(frame.value).set(std::move(value));
    }
    return true;
  }

  // A container that has begun and not ended.
  struct Frame {
    Frame(std::variant<Array, Builder> empty) : value(std::move(empty)) {}
    std::variant<Array, Builder> value;
    std::optional<std::size_t> streamed;  // which of the stream's arrays this is
    std::size_t handed = 0;               // elements
    std::size_t values_left = 0;          // when its present element began
  };

  bool is_at(const Path& path) const {
    if (path.size() != open_.size()) return false;
    for (std::size_t i = 0; i < path.size(); ++i) {
      const auto* object = std::get_if<Builder>(&open_[i].value);
      if (object ? object->key() != path[i] : path[i] != "*") return false;
    }
    return true;
  }

  std::optional<std::size_t> which_streamed() const {
    for (std::size_t i = 0; i < stream_.arrays.size(); ++i) {
      if (is_at(stream_.arrays[i])) return i;
    }
    return std::nullopt;
  }

  // What an element was made of is free again once it is handed over, so that only what is kept counts.
  void mark_element() {
    if (open_.size() < 2) return;
    Frame& holder = open_[open_.size() - 2];
    if (!holder.streamed) return;
    holder.values_left = values_left_;
    is_in_element_ = true;
  }

  // A member inside one that nobody wants changes nothing.
  void mark_unread(std::string_view key) {
    if (!is_in_element_ || (unread_depth_ > 0 && unread_depth_ < open_.size())) return;
    const bool is_unread = std::ranges::find(stream_.unread, key) != stream_.unread.end();
    unread_depth_ = is_unread ? open_.size() : 0;
  }

  std::string pointer() const {
    std::string text;
    for (const Frame& frame : open_) {
      const auto* object = std::get_if<Builder>(&frame.value);
      const auto* array = std::get_if<Array>(&frame.value);
      text += '/';
      text += object ? escaped(object->key()) : std::to_string(array->size() + frame.handed);
    }
    return text;
  }

  void hand_over(Frame& frame, const Value& value) {
    static const Builder none;
    const auto* holder = open_.size() > 1 ? std::get_if<Builder>(&open_[open_.size() - 2].value) : nullptr;
    stream_.take(*frame.streamed, View(value, artifact_, pointer()), Siblings(holder ? *holder : none));
    ++frame.handed;
    is_in_element_ = false;
    if (value.array() || value.object()) values_left_ = frame.values_left;
  }

  const Stream& stream_;
  std::string artifact_;
  bool checks_each_key_;
  std::vector<Builder::Place> order_;
  std::vector<std::vector<Member>> rooms_;  // of objects that are done, for those to come
  std::vector<Frame> open_;
  bool is_in_element_ = false;    // of a stream
  std::size_t unread_depth_ = 0;  // of `open_`, where its last is the object whose present member nobody wants; or 0
  std::string text_;
  std::size_t values_left_;
  Value root_;
  std::optional<Error> complaint_;
};

std::string line_and_column(std::string_view bytes, std::size_t offset) {
  const std::string_view before = bytes.substr(0, offset);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is the first byte
  return std::to_string(lines + 1) + ":" + std::to_string(before.size() - line_start + 1);
}

Error explain(const bj::error_code& error, std::string_view bytes, std::size_t offset) {
  if (error == bj::error::too_deep) return {Errc::too_large, "nested too deeply", {}};
  if (error == bj::error::incomplete) return {Errc::malformed, "the text ends before the JSON value does", {}};
  if (error == bj::error::illegal_leading_surrogate || error == bj::error::illegal_trailing_surrogate ||
      error == bj::error::expected_utf16_escape) {
    return {Errc::malformed, "lone surrogate", {}};
  }
  if (error == bj::error::exponent_overflow) return {Errc::malformed, "number beyond the range of a double", {}};
  if (offset < bytes.size() && static_cast<unsigned char>(bytes[offset]) >= 0x80) {
    return {Errc::malformed, "invalid UTF-8, or text outside a string", {}};
  }
  return {Errc::malformed, "not JSON (RFC 8259)", {}};
}

// A text that is read in pieces where a stream's reader gives back what was read.
class Pieces {
 public:
  Pieces(std::string_view bytes, const Stream& stream, std::string_view artifact)
      : bytes_(bytes), stream_(stream), artifact_(artifact) {}

  Result<Value> parse(const Limits& limits, bool checks_each_key) {
    if (bytes_.size() > limits.bytes)
      return failed({Errc::too_large, "over " + std::to_string(limits.bytes) + " bytes", {}}, limits.bytes);
    if (bytes_.starts_with("\xEF\xBB\xBF")) return failed({Errc::malformed, "byte order mark", {}}, 0);
    bj::parse_options options;
    options.max_depth = limits.depth;
    bj::basic_parser<Handler> parser(options, limits.values, stream_, artifact_, checks_each_key);
    bj::error_code error;
    const std::size_t end = feed(parser, error);
    if (parser.handler().complaint()) return failed(*parser.handler().complaint(), end);
    if (error) return failed(explain(error, bytes_, end), end);
    if (end < bytes_.size()) return failed({Errc::malformed, "bytes after the end of the JSON value", {}}, end);
    return parser.handler().take();
  }
  bool is_whole() const { return spent_ == 0; }  // nothing was given back

 private:
  // Returns where it stopped.
  std::size_t feed(bj::basic_parser<Handler>& parser, bj::error_code& error) {
    const std::size_t most = stream_.spent ? std::size_t{1} << 20 : bytes_.size();
    for (std::size_t at = 0;;) {
      const std::string_view piece = bytes_.substr(at, most);
      const bool is_last = at + piece.size() == bytes_.size();
      const std::size_t read = parser.write_some(!is_last, piece.data(), piece.size(), error);
      at += read;
      if (error || is_last || read < piece.size()) return at;
      stream_.spent(spent_ = at);
    }
  }

  Error failed(Error error, std::size_t offset) const {
    const std::string place = is_whole() ? line_and_column(bytes_, offset) : "byte " + std::to_string(offset);
    error.where = {std::string(artifact_), {}, place};
    return error;
  }

  std::string_view bytes_;
  const Stream& stream_;
  std::string_view artifact_;
  std::size_t spent_ = 0;
};

}  // namespace

Result<Value> parse(std::string_view bytes, std::string_view artifact, const Limits& limits, const Stream& stream) {
  try {
    Pieces pieces(bytes, stream, artifact);
    auto value = pieces.parse(limits, false);
    if (value || !pieces.is_whole()) return value;
    // Once more, for the first thing that is wrong: a key may have come twice before what was noticed.
    const Stream again{stream.arrays, stream.unread, [](std::size_t, const View&, const Siblings&) {}};
    return Pieces(bytes, again, artifact).parse(limits, true);
  } catch (const std::exception& error) {
    return Error{
        Errc::internal, std::string("the JSON reader ended with: ") + error.what(), {std::string(artifact), {}, "1:1"}};
  }
}

}  // namespace gate::json
