// What travels from a shard to the gate that joins: facts of code and nothing else, so that no file can claim a
// verified statement or signature.
//
//   gate shard 1
//   SHA-256 of the line below, or with a key its HMAC-SHA-256, in hex
//   {"index": 2, "count": 3, "unclean": false, "terms": {…}, "database": {"artifact", "sha256", "bytes"},
//    "problems": [error…], "files": [name…], "units": [{"file", "command", "shard", "followed"}…],
//    "reports": [{"report": …} or {"error": …}, …]}
//
// `units` are all of the database's, `reports` those of its own, in the same order.
#pragma once

#include <string>
#include <string_view>

#include "adapters/cpp/part.h"
#include "adapters/cpp/shards.h"

namespace gate::cpp {

struct ShardFile {
  Shard shard;
  Terms terms;
  bool unclean = false;
  Part part;
};

// An own unit without a report is written as an error: nothing that was left out counts as judged.
std::string encode_shard(const ShardFile& file, std::string_view key);
// Hostile input: each size is capped, and what is not exactly as it was written is an error.
Result<ShardFile> decode_shard(const Document& document, std::string_view key);

}  // namespace gate::cpp
