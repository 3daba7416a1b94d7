#include "adapters/git/commit_object.h"

#include <algorithm>
#include <charconv>

#include "gate/json/printable.h"

namespace gate::git {
namespace {

constexpr std::size_t longest_summary = 72;
constexpr std::size_t most_parents = 1'000;
constexpr std::string_view signature_header = "gpgsig", other_signature_header = "gpgsig-sha256";

Error malformed(std::string what) { return {Errc::malformed, std::move(what), {}}; }

bool is_id(std::string_view text) {
  return text.size() == 40 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// One header with its continuation lines, each of which starts with a blank.
struct Header {
  std::string_view name, value, whole;

  std::string joined_value() const {
    std::string text;
    for (std::string_view rest = value; !rest.empty();) {
      const auto end = rest.find('\n') + 1;
      text += rest.substr(0, end);
      rest.remove_prefix(end);
      if (!rest.empty()) rest.remove_prefix(1);
    }
    return text;
  }
};

Result<Header> next_header(std::string_view rest) {
  std::size_t end = 0;
  do {
    end = rest.find('\n', end);
    if (end == std::string_view::npos) return malformed("a header line without an end");
    ++end;
  } while (end < rest.size() && rest[end] == ' ');
  const std::string_view whole = rest.substr(0, end);
  const auto blank = whole.find(' ');
  if (blank == 0 || blank == std::string_view::npos || blank > whole.find('\n'))
    return malformed("a header line without a value");
  return Header{whole.substr(0, blank), whole.substr(blank + 1), whole};
}

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
    if (header.name == signature_header) {
      commit_.signature = header.joined_value();
      if (commit_.signature == "\n") return malformed("an empty signature");
    } else if (header.name != other_signature_header) {
      if (header.name.starts_with(signature_header)) return malformed("an unknown kind of signature header");
      commit_.payload += header.whole;
    }
    return Done{};
  }

  Result<CommitObject> finish(std::string_view body) {
    if (stage_ != Stage::rest) return malformed("a header is missing: tree, author or committer");
    commit_.payload += body;
    const auto start = std::min(body.find_first_not_of('\n'), body.size());
    commit_.summary = json::printable(body.substr(start, body.find('\n', start) - start), longest_summary);
    return std::move(commit_);
  }

 private:
  enum class Stage { tree, parents, committer, rest };

  // git-fsck(1): tree, any parents, author, committer, each as its name says, then the others.
  Status check_order(const Header& header) {
    const std::string_view value = header.value.substr(0, header.value.size() - 1);
    if (stage_ != Stage::rest && value.find('\n') != std::string_view::npos)
      return malformed("a header over several lines");
    if (header.name == "tree") {
      if (stage_ != Stage::tree) return malformed("a second tree header");
      if (!is_id(value)) return malformed("a tree header that is no object id");
      stage_ = Stage::parents;
    } else if (header.name == "parent") {
      if (stage_ != Stage::parents) return malformed("a parent header out of place");
      if (!is_id(value)) return malformed("a parent header that is no object id");
      if (commit_.parents.size() == most_parents) return malformed("more than 1000 parents");
      commit_.parents.emplace_back(value);
    } else if (header.name == "author") {
      if (stage_ != Stage::parents) return malformed("an author header twice or out of place");
      stage_ = Stage::committer;
    } else if (header.name == "committer") {
      if (stage_ != Stage::committer) return malformed("a committer header twice or out of place");
      commit_.committed = time_of(value);
      stage_ = Stage::rest;
    } else if (stage_ != Stage::rest) {
      return malformed("a header before author and committer that does not belong there");
    } else if (header.name == signature_header || header.name == other_signature_header) {
      bool& seen = header.name == signature_header ? seen_signature_ : seen_other_signature_;
      if (seen) return malformed("a second " + std::string(header.name) + " header");
      seen = true;
    }
    return Done{};
  }

  CommitObject commit_;
  Stage stage_ = Stage::tree;
  bool seen_signature_ = false, seen_other_signature_ = false;
};

}  // namespace

Result<CommitObject> split_commit(std::string_view raw) {
  if (raw.find('\0') != std::string_view::npos) return malformed("a NUL byte in a commit");
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
