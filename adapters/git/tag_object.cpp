#include "adapters/git/tag_object.h"

#include <array>

#include "adapters/git/object_header.h"
#include "adapters/git/signature_judge.h"

namespace gate::git {
namespace {

// Where the last line stands that starts a signature; the end where none does.
std::size_t signature_start(std::string_view text) {
  std::size_t found = text.size();
  for (std::size_t at = 0; at < text.size();) {
    if (!signature_format(text.substr(at)).empty()) found = at;
    const auto end = text.find('\n', at);
    at = end == std::string_view::npos ? text.size() : end + 1;
  }
  return found;
}

class TagSplitter {
 public:
  Status take(const Header& header) {
    constexpr std::array<std::string_view, 4> order{"object", "type", "tag", "tagger"};
    if (header.name == sha1_signature_header || header.name == sha256_signature_header) {
      bool& seen = header.name == sha1_signature_header ? seen_sha1_ : seen_sha256_;
      if (seen || next_ < 3) return malformed_object("a signature header twice or out of place");
      seen = true;
      return Done{};
    }
    if (seen_sha1_ || seen_sha256_ || next_ == order.size() || header.name != order[next_])
      return malformed_object("a header that is missing, unknown, doubled or out of order");
    if (!header.is_one_line()) return malformed_object("a header over several lines");
    if (next_ == 0) tag_.target = header.line();
    if (next_ == 1) tag_.target_type = header.line();
    if (next_ == 2) tag_.name = header.line();
    ++next_;
    tag_.payload += header.whole;
    return Done{};
  }

  Result<TagObject> finish(std::string_view body) {
    if (next_ < 3) return malformed_object("a header is missing: object, type or tag");
    if (!is_object_id(tag_.target)) return malformed_object("an object header that is no object id");
    const auto start = signature_start(body);
    tag_.payload += body.substr(0, start);
    tag_.signature = body.substr(start);
    return std::move(tag_);
  }

 private:
  TagObject tag_;
  std::size_t next_ = 0;  // of the headers that every tag has
  bool seen_sha1_ = false, seen_sha256_ = false;
};

}  // namespace

Result<TagObject> split_tag(std::string_view raw) {
  if (raw.find('\0') != std::string_view::npos) return malformed_object("a NUL byte in a tag");
  TagSplitter splitter;
  while (!raw.empty() && raw.front() != '\n') {
    const auto header = next_header(raw);
    if (!header) return header.error();
    if (const Status taken = splitter.take(*header); !taken) return taken.error();
    raw.remove_prefix(header->whole.size());
  }
  return splitter.finish(raw);
}

}  // namespace gate::git
