// Typed values out of YAML. Each function complains in one sentence and returns nothing where the value is not good;
// `what` names it in that sentence.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/rule.h"
#include "gate/core/time.h"
#include "gate/policy/complaint.h"
#include "gate/policy/yaml.h"

namespace gate::policy {

std::optional<std::string> read_text(const Node& node, std::string_view what, Complaints& complaints);  // not blank
std::optional<std::string> read_choice(const Node& node, std::string_view what, const std::vector<std::string>& choices,
                                       Complaints& complaints);
std::optional<bool> read_flag(const Node& node, std::string_view what, Complaints& complaints);
std::optional<std::int64_t> read_number(const Node& node, std::string_view what, Complaints& complaints);
std::optional<Date> read_date(const Node& node, std::string_view what, Complaints& complaints);
std::optional<std::chrono::seconds> read_duration(const Node& node, std::string_view what, Complaints& complaints);
// "100M": bytes, or with k, M or G multiples of 1024; at least 1, at most `most`.
std::optional<std::uint64_t> read_size(const Node& node, std::string_view what, std::uint64_t most,
                                       Complaints& complaints);
const std::vector<Node>* read_list(const Node& node, std::string_view what, Complaints& complaints);
std::optional<std::vector<std::string>> read_texts(const Node& node, std::string_view what, Complaints& complaints);
std::optional<Bilingual> read_bilingual(const Node& node, std::string_view what, Complaints& complaints);  // {en, ja}
std::optional<Bilingual> read_bilingual_or_text(const Node& node, std::string_view what, Complaints& complaints);
// A glob as core/policy.h says, that can match a path below the project's root.
std::optional<std::string> read_glob(const Node& node, std::string_view what, Complaints& complaints);

// One map: every key that is asked for is known, every other one is a complaint.
class MapReader {
 public:
  // `where` ends the sentence: "in inputs", "for sca/known-vulnerability".
  MapReader(const Node& node, std::string where, Complaints& complaints, std::string noun = "key");

  const Entry* find(std::string_view key);                   // null where absent
  const Entry* require(std::string_view key);                // likewise, with a complaint
  std::optional<std::string> text(std::string_view key);     // required
  std::optional<Bilingual> bilingual(std::string_view key);  // required
  // The elements of a list, or none where the key is absent or its value no list.
  const std::vector<Node>& list(std::string_view key);
  const std::vector<Node>& required_list(std::string_view key);
  // Complains about the keys that nobody asked for.
  void finish();

 private:
  const std::vector<Node>& elements(const Entry* entry);

  const Node& node_;
  std::string where_, noun_;
  Complaints& complaints_;
  std::vector<std::string> asked_;
};

}  // namespace gate::policy
