// A run over several machines: each judges its share of the units and writes down what it saw; the last one joins the
// files, after it has proved that they belong together. Nothing of Clang shows here.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/cpp/cpp.h"
#include "gate/core/document.h"

namespace gate::cpp {

inline constexpr int max_shards = 256;  // as many as GitHub's matrix has jobs
inline constexpr std::size_t max_shard_bytes = 256u << 20;

struct Shard {
  int index = 1;  // from 1
  int count = 1;  // at most max_shards
  auto operator<=>(const Shard&) const = default;
};
std::string describe(const Shard& shard);                 // "shard 2 of 3"
std::optional<Shard> parse_shard(std::string_view text);  // "2/3"

// What all shards of a run have in common with the gate that joins them.
struct Terms {
  std::string tool;      // SHA-256 of the binary
  std::string clang;     // version
  std::string policy;    // SHA-256, overrides included
  std::string commit;    // full id; empty: not known, and then nothing is joined
  std::string range;     // of commits, as the reports say it
  std::string database;  // folder or file, as the policy names it

  template <class Self, class Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit("tool", self.tool);
    visit("clang", self.clang);
    visit("policy", self.policy);
    visit("commit", self.commit);
    visit("range", self.range);
    visit("database", self.database);
  }
};

struct ShardRun {
  FactBatch batch;   // of its own units; never complete
  std::string file;  // bytes; empty where the database as a whole could not be read
};
// `key`: a secret, or empty. With one, a file that was not made with it is told from one that was. `unclean`: the
// working tree has changes that are in no commit.
ShardRun collect_shard(const Request& request, const Shard& shard, const Terms& terms, std::string_view key,
                       bool unclean);

// A compile database by its bytes. What shards have to have in common is its units, wherever the project stands.
struct Database {
  Origin origin;
  std::uint64_t bytes = 0;
  auto operator<=>(const Database&) const = default;
};

struct Joined {
  // As collect_source_uses gives it for all units, or nothing seen and why: a file that is no shard's, is torn or
  // edited; a shard that is missing, there twice, or of other terms, other units or another split.
  FactBatch batch;
  std::vector<Database> databases;  // sorted, each once: several where checkouts stand in folders of other names
  std::set<std::string> files;      // of the project that were read
  bool unclean = false;             // one of the shards' trees
};
Joined join_shards(const std::vector<Document>& files, const Terms& terms, std::string_view key);

}  // namespace gate::cpp
