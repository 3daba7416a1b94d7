// Facts of units that were read before: good for as long as nothing that they depend on has changed.
//
// A pack is one file, so that a CI carries few: magic, distinct inputs, entries that name them by number, and an
// authenticator over all of it. Inputs inside the project's root are named relative to it, so that a pack serves
// another checkout. Those outside (system headers) keep their absolute names: an entry is good where the same bytes
// stand under the same names, wherever that is.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/cpp/cpp.h"
#include "adapters/cpp/inputs.h"
#include "adapters/cpp/paths.h"
#include "gate/core/result.h"

namespace gate::cpp {

class FactsCache {
 public:
  // Reads every pack of the folder. One that is torn, forged, of another version or too large counts as not there.
  FactsCache(const CacheRequest& request, const Paths& paths);

  bool is_kept() const { return !request_.folder.empty(); }  // false: nothing is found, and nothing kept

  // Looks at the inputs of these keys' entries, each path once, in several threads. Without it, `find` looks one by
  // one.
  void check(const std::vector<std::string>& keys, int threads);
  // The report kept for a key, where every input is as it was.
  std::optional<std::string> find(const std::string& key);
  // The files of the project that were read for these keys' entries.
  std::set<std::string> files_of(const std::vector<std::string>& keys) const;
  // What the kept report of a key depends on.
  std::vector<Input> inputs_of(const std::string& key) const;
  // Replaces what was kept for the key. Where an input could not be read, nothing is kept.
  void keep(const std::string& key, const std::vector<Input>& inputs, std::string report);

  // Writes one pack in place of those that were read, where something is new. Entries that no run asked for go first
  // when there is too much.
  Status save();

  const std::vector<std::string>& ignored() const { return ignored_; }  // file names of packs that were no good

 private:
  struct Entry {
    std::vector<std::uint32_t> inputs;
    std::string report;
    std::uint32_t age = 0;  // runs that saved since this was asked for
    bool wanted = false;    // in this run
  };
  enum class Checked : unsigned char { not_yet, same, changed };

  bool read(std::string_view pack);
  static std::uint32_t age_of(const Entry& entry);
  std::uint32_t number(const Input& input);
  std::string absolute(const std::string& stored) const;
  std::string stored(const std::string& absolute) const;
  Input stored(const Input& input) const;
  bool is_as_it_was(const Input& then, Links& links) const;
  bool unchanged(std::uint32_t input);
  std::string authenticator(std::string_view bytes) const;
  std::string pack(std::vector<std::map<std::string, Entry>::const_iterator> entries) const;

  CacheRequest request_;
  const Paths& paths_;
  std::vector<Input> inputs_;  // with stored paths
  std::vector<Checked> checked_;
  Links links_;
  std::map<Input, std::uint32_t> numbers_;  // made when one is asked for
  std::uint32_t numbered_ = 0;              // how many of `inputs_` they have
  std::map<std::string, Entry> entries_;
  std::vector<std::string> packs_, ignored_;  // file names
  bool changed_ = false;
};

}  // namespace gate::cpp
