// How urgent a flaw is by a decision table of SSVC: points that the facts tell, points that the policy tells, and
// points that nobody does, which may then have any value.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gate/core/rule.h"
#include "gate/model/decision_table.h"
#include "rules/sca/merged.h"

namespace gate::rules {

// By the parameters `ssvc`, `ssvc_table`, `ssvc_points`, `ssvc_tolerate`, `ssvc_review`.
class Ssvc {
 public:
  Ssvc(const FactSet& facts, const Params& params);

  bool is_chosen() const { return table_.has_value() || !faults_.empty(); }
  // What the policy says and the table does not fit. Nobody may pass then.
  const std::vector<std::string>& faults() const { return faults_; }

  struct Answer {
    std::string word;        // "fail", "review" or "tolerate": the strictest of the outcomes that are possible
    std::int64_t days = -1;  // the least that such an outcome gives; -1: none
    std::string why;
  };
  Answer decide(const MergedVulnerability& merged) const;

 private:
  struct Scope {
    std::string packages;  // glob
    model::Conditions values;
  };
  struct Point {
    std::set<std::string> values;  // empty: nobody tells
    std::string by;
  };

  void read_tables(const Params& params);
  void read_scopes(const Params& params);
  void check_outcomes(const std::vector<std::string>& names);
  bool has_point(const std::string& point, const std::string& value) const;
  Point point_of(const std::string& name, const MergedVulnerability& merged) const;
  std::string word_for(const std::string& outcome) const;
  Point told_by_facts(const std::string& name, const MergedVulnerability& merged) const;
  Point told_by_policy(const std::string& name, const MergedVulnerability& merged) const;
  Point derived(const std::string& name, const MergedVulnerability& merged) const;

  std::optional<model::DecisionTable> table_;
  std::map<std::string, model::DecisionTable> derived_;  // by the point that they give
  std::vector<Scope> scopes_;
  std::vector<std::string> tolerate_, review_, faults_;
  bool has_list_of_exploited_;
  std::int64_t likely_;  // the EPSS from which on nobody may conclude from silence; 0: none
};

}  // namespace gate::rules
