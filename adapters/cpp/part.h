// The units of a compile database, and what one gate saw of those that are its own: all, or a shard's.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/cpp/scan_unit.h"
#include "adapters/cpp/shards.h"
#include "gate/core/fact.h"

namespace gate::cpp {

struct PartUnit {
  std::string file;       // relative to the root
  std::string command;    // the unit's fingerprint
  int shard = 1;          // that judges it
  bool followed = true;   // see Unit
  bool left_out = false;  // of no concern to the changes that were asked about
  auto operator<=>(const PartUnit&) const = default;
};

struct Part {
  Database database;
  std::vector<Error> problems;  // of the database's entries
  std::vector<PartUnit> units;  // all, in the order of the database's reader
  std::set<std::string> files;  // of the project that were read
  // Of each unit what was seen, or why nothing; nothing for another shard's and for one that was left out on request.
  std::vector<std::optional<Result<UnitReport>>> reports;
};

// An error where the database as a whole tells nothing.
Result<Part> read_part(const Request& request, const Shard& shard);

// Consumes the reports.
FactBatch facts_of(Part part);

extern const std::vector<FactKind> source_kinds;  // that sources tell about

}  // namespace gate::cpp
