#include "adapters/git/commit_object.h"

#include <algorithm>
#include <charconv>

#include "adapters/git/object_header.h"
#include "gate/json/printable.h"

namespace gate::git {
namespace {

constexpr std::size_t longest_summary = 72;
constexpr std::size_t most_parents = 1'000;

// "Name <mail> 1700000000 +0900"; zero where that cannot be read, since only the order of the walk hangs on it.
std::int64_t time_of(std::string_view person) {
  const auto mail_end = person.rfind("> ");
  if (mail_end == std::string_view::npos) return 0;
  const std::string_view digits = person.substr(mail_end + 2);
  std::int64_t seconds = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  return seconds;
}

class Splitter {
 public:
  Status take(const Header& header) {
    const Status in_order = check_order(header);
    if (!in_order) return in_order;
    if (is_signature(header)) {
      if (header.value == "\n") return malformed_object("an empty signature");
      if (header.name == own_signature_header()) commit_.signature = header.joined_value();
    } else {
      if (header.name.starts_with(sha1_signature_header))
        return malformed_object("an unknown kind of signature header");
      commit_.payload += header.whole;
    }
    return Done{};
  }

  Result<CommitObject> finish(std::string_view body) {
    if (stage_ != Stage::rest) return malformed_object("a header is missing: tree, author or committer");
    commit_.payload += body;
    const auto start = std::min(body.find_first_not_of('\n'), body.size());
    commit_.summary = json::printable(body.substr(start, body.find('\n', start) - start), longest_summary);
    return std::move(commit_);
  }

 private:
  enum class Stage { tree, parents, committer, rest };

  static bool is_signature(const Header& header) {
    return header.name == sha1_signature_header || header.name == sha256_signature_header;
  }
  // The other one is over the commit's translation into the other kind of ids.
  std::string_view own_signature_header() const {
    return commit_.tree.size() == 64 ? sha256_signature_header : sha1_signature_header;
  }

  // git-fsck(1): tree, any parents, author, committer, each as its name says, then the others.
  Status check_order(const Header& header) {
    const std::string_view value = header.value.substr(0, header.value.size() - 1);
    if (stage_ != Stage::rest && value.find('\n') != std::string_view::npos)
      return malformed_object("a header over several lines");
    if (header.name == "tree") {
      if (stage_ != Stage::tree) return malformed_object("a second tree header");
      if (!is_object_id(value)) return malformed_object("a tree header that is no object id");
      commit_.tree = value;
      stage_ = Stage::parents;
    } else if (header.name == "parent") {
      if (stage_ != Stage::parents) return malformed_object("a parent header out of place");
      if (!is_object_id(value) || value.size() != commit_.tree.size())
        return malformed_object("a parent header that is no object id");
      if (commit_.parents.size() == most_parents) return malformed_object("more than 1000 parents");
      commit_.parents.emplace_back(value);
    } else if (header.name == "author") {
      if (stage_ != Stage::parents) return malformed_object("an author header twice or out of place");
      stage_ = Stage::committer;
    } else if (header.name == "committer") {
      if (stage_ != Stage::committer) return malformed_object("a committer header twice or out of place");
      commit_.committed = time_of(value);
      stage_ = Stage::rest;
    } else if (stage_ != Stage::rest) {
      return malformed_object("a header before author and committer that does not belong there");
    } else if (is_signature(header)) {
      bool& seen = header.name == sha1_signature_header ? seen_sha1_ : seen_sha256_;
      if (seen) return malformed_object("a second " + std::string(header.name) + " header");
      seen = true;
    }
    return Done{};
  }

  CommitObject commit_;
  Stage stage_ = Stage::tree;
  bool seen_sha1_ = false, seen_sha256_ = false;
};

}  // namespace

Result<CommitObject> split_commit(std::string_view raw) {
  if (raw.find('\0') != std::string_view::npos) return malformed_object("a NUL byte in a commit");
  Splitter splitter;
  while (!raw.empty() && raw.front() != '\n') {
    const auto header = next_header(raw);
    if (!header) return header.error();
    if (const Status taken = splitter.take(*header); !taken) return taken.error();
    raw.remove_prefix(header->whole.size());
  }
  return splitter.finish(raw);
}

}  // namespace gate::git
