#include "adapters/cpp/shards.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "adapters/cpp/part.h"
#include "adapters/cpp/shard_file.h"
#include "gate/json/printable.h"

namespace gate::cpp {
namespace {

constexpr std::size_t max_bytes_together = 1u << 30;

std::string shown(std::string_view text) { return json::printable(text, 200); }

// Proves of each file that it belongs to the others and to this gate; keeps what does not.
class Join {
 public:
  Join(const Terms& terms, std::string_view key) : terms_(terms), key_(key) {
    if (terms.commit.empty())
      complain(Errc::not_found, "no commit is known: nothing proves that the shards judged the same sources", {});
  }

  void add(const Document& document) {
    bytes_ += document.bytes.size();
    if (bytes_ > max_bytes_together)
      return complain(Errc::too_large, "the shards together are too large", document.origin);
    auto file = decode_shard(document, key_);
    if (!file) return problems_.push_back(file.error());
    if (!has_same_terms(*file, document.origin)) {
      refused_.insert(file->shard);
      return;
    }
    if (!first_) {
      shard_of_first_ = file->shard;
      seen_.resize(static_cast<std::size_t>(file->shard.count));
    } else if (!is_same_split(*file, document.origin)) {
      refused_.insert(file->shard);
      return;
    }
    std::string& seen = seen_[static_cast<std::size_t>(file->shard.index - 1)];
    if (!seen.empty())
      return complain(Errc::malformed, describe(file->shard) + " is there twice: see " + seen, document.origin);
    seen = document.origin.artifact;
    unclean_ |= file->unclean;
    databases_.insert(file->part.database);
    take(std::move(file->part));
  }

  Joined finish() {
    if (seen_.empty() && problems_.empty()) complain(Errc::empty, "no shard's file was named", {});
    for (std::size_t i = 0; i < seen_.size(); ++i) {
      const Shard shard{static_cast<int>(i + 1), shard_of_first_.count};
      if (seen_[i].empty() && !refused_.contains(shard)) complain(Errc::not_found, describe(shard) + " is missing", {});
    }
    Joined joined;
    joined.unclean = unclean_;
    joined.databases.assign(databases_.begin(), databases_.end());
    if (problems_.empty()) {
      joined.files = std::move(first_->files);
      joined.batch = facts_of(std::move(*first_));
    } else {
      joined.batch = nothing_seen(source_kinds, problems_.front());
      joined.batch.problems = std::move(problems_);
    }
    return joined;
  }

 private:
  void complain(Errc code, std::string what, Origin origin) {
    problems_.push_back({code, std::move(what), std::move(origin)});
  }

  bool has_same_terms(const ShardFile& file, const Origin& origin) {
    std::vector<std::pair<std::string_view, const std::string*>> here;
    Terms::fields(terms_, [&](std::string_view name, const std::string& text) { here.emplace_back(name, &text); });
    auto next = here.begin();
    bool same = true;
    Terms::fields(file.terms, [&](std::string_view name, const std::string& theirs) {
      const std::string& ours = *next++->second;
      if (theirs == ours) return;
      same = false;
      complain(Errc::wrong_subject,
               describe(file.shard) + " has another " + std::string(name) + ": '" + shown(theirs) +
                   "', and here it is '" + ours + "'",
               origin);
    });
    return same;
  }

  bool is_same_split(const ShardFile& file, const Origin& origin) {
    const auto refuse = [&](const std::string& what) {
      complain(Errc::wrong_subject, describe(file.shard) + " " + what + " than " + describe(shard_of_first_), origin);
      return false;
    };
    if (file.shard.count != shard_of_first_.count) return refuse("is of another number of shards");
    if (file.part.database.origin.artifact != first_->database.origin.artifact)
      return refuse("has another compile database");
    if (file.part.problems != first_->problems) return refuse("understood the compile database otherwise");
    const auto [theirs, ours] = std::ranges::mismatch(file.part.units, first_->units);
    if (theirs != file.part.units.end())
      return refuse("has other units or split otherwise, from " + shown(theirs->file) + " on,");
    if (ours != first_->units.end()) return refuse("has fewer units");
    return true;
  }

  // The split gives each unit to one shard, and each shard's file was read with a report for each of its units.
  void take(Part part) {
    if (!first_) {
      first_ = std::move(part);
      return;
    }
    first_->files.merge(std::move(part.files));
    for (std::size_t i = 0; i < part.reports.size(); ++i) {
      if (part.reports[i]) first_->reports[i] = std::move(part.reports[i]);
    }
  }

  const Terms& terms_;
  std::string_view key_;
  std::size_t bytes_ = 0;
  Shard shard_of_first_;
  std::optional<Part> first_;
  std::vector<std::string> seen_;  // by index, the file's name
  std::set<Shard> refused_;        // there, and no good
  std::set<Database> databases_;
  std::vector<Error> problems_;
  bool unclean_ = false;
};

}  // namespace

std::string describe(const Shard& shard) {
  return "shard " + std::to_string(shard.index) + " of " + std::to_string(shard.count);
}

std::optional<Shard> parse_shard(std::string_view text) {
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto index = std::from_chars(text.data(), end, shard.index);
  if (index.ec != std::errc() || index.ptr == end || *index.ptr != '/') return std::nullopt;
  const auto count = std::from_chars(index.ptr + 1, end, shard.count);
  if (count.ec != std::errc() || count.ptr != end) return std::nullopt;
  if (shard.index < 1 || shard.index > shard.count || shard.count > max_shards) return std::nullopt;
  return shard;
}

ShardRun collect_shard(const Request& request, const Shard& shard, const Terms& terms, std::string_view key,
                       bool unclean) {
  const auto nothing = [&](Error error) { return ShardRun{nothing_seen(source_kinds, std::move(error)), {}}; };
  try {
    auto part = read_part(request, shard);
    if (!part) return nothing(part.error());
    ShardFile file{shard, terms, unclean, std::move(*part)};
    ShardRun run;
    run.file = encode_shard(file, key);
    run.batch = facts_of(std::move(file.part));
    run.batch.lower({Errc::incomplete, describe(shard) + " alone is no verdict: `gate merge` joins the shards",
                     request.compile_commands.origin});
    return run;
  } catch (const std::exception& error) {
    return nothing({Errc::internal, error.what(), request.compile_commands.origin});
  } catch (...) {
    return nothing({Errc::internal, "unknown exception", request.compile_commands.origin});
  }
}

Joined join_shards(const std::vector<Document>& files, const Terms& terms, std::string_view key) {
  const auto nothing = [](std::string what) {
    return Joined{nothing_seen(source_kinds, {Errc::internal, std::move(what), {}}), {}, {}, false};
  };
  try {
    Join join(terms, key);
    for (const Document& file : files) join.add(file);
    return join.finish();
  } catch (const std::exception& error) {
    return nothing(error.what());
  } catch (...) {
    return nothing("unknown exception");
  }
}

}  // namespace gate::cpp
