// Facts out of the words of an example, verified ones included: the one place that may make those without verifying.
#pragma once

#include <charconv>
#include <string>
#include <type_traits>
#include <vector>

#include "gate/core/fact.h"
#include "gate/core/value.h"

namespace gate {

struct FactForge {
  // `given` as in a rule's example: facts by plural, and `coverage`. Every kind of `needs` is complete unless it says
  // otherwise. Facts without a field keep its default, and so do those that give null.
  static Result<FactBatch> forge(const Value& given, const std::vector<FactKind>& needs) {
    FactBatch batch;
    for (const FactKind kind : needs) batch.coverage[kind] = Coverage::complete;
    if (!given.map()) return fault("given is no map", given);
    std::string problem;
    for (const auto& [key, value] : *given.map()) {
      if (key == "coverage") continue;
      if (!add_all(FactTypes{}, key, value, batch, problem)) return fault("no fact is called " + key, value);
      if (!problem.empty()) return fault(problem, value);
    }
    if (const Value* coverage = given.find("coverage")) {
      if (!cover(*coverage, batch)) return fault("bad coverage", *coverage);
    }
    return batch;
  }

  // A fact from the values of its fields; `problem` says what is wrong with them.
  template <class T>
  static T make(const Value& value, std::string& problem) {
    T fact;
    fact.origin = {"example", {}, describe(value.at)};
    if (!value.map()) {
      problem = "a fact must be a map";
      return fact;
    }
    std::size_t known = 0;
    T::fields(fact, [&](std::string_view name, auto& field) {
      const Value* given = value.find(name);
      if (!given) return;
      ++known;
      if (!given->is_null() && !set(field, *given)) problem = "bad value for field " + std::string(name);
    });
    if (known != value.map()->size()) problem = "a field that " + std::string(T::plural) + " do not have";
    return fact;
  }

 private:
  static Error fault(std::string what, const Value& value) {
    return {Errc::malformed, std::move(what), {value.at.file, {}, describe(value.at)}};
  }

  template <class... T>
  static bool add_all(TypeList<T...>, const std::string& plural, const Value& value, FactBatch& batch,
                      std::string& problem) {
    return ((plural == T::plural && (add<T>(value, batch, problem), true)) || ...);
  }

  template <class T>
  static void add(const Value& value, FactBatch& batch, std::string& problem) {
    batch.coverage.emplace(*parse_fact_kind(T::plural), Coverage::complete);
    if (!value.list()) {
      problem = "facts must be a list";
      return;
    }
    for (const Value& each : *value.list()) batch.facts.add(make<T>(each, problem));
  }

  static bool cover(const Value& coverage, FactBatch& batch) {
    if (!coverage.map()) return false;
    for (const auto& [key, value] : *coverage.map()) {
      const auto kind = parse_fact_kind(key);
      if (!kind || !value.text()) return false;
      bool known = false;
      for (const Coverage each : {Coverage::absent, Coverage::partial, Coverage::complete}) {
        if (*value.text() != name(each)) continue;
        batch.coverage[*kind] = each;
        known = true;
      }
      if (!known) return false;
    }
    return true;
  }

  static bool set(std::string& field, const Value& value) {
    if (value.text()) field = *value.text();
    return value.text() != nullptr;
  }
  static bool set(std::int64_t& field, const Value& value) {
    if (value.integer()) field = *value.integer();
    return value.integer() != nullptr;
  }
  static bool set(std::vector<std::string>& field, const Value& value) {
    if (!value.list()) return false;
    for (const Value& each : *value.list()) {
      if (!each.text()) return false;
      field.push_back(*each.text());
    }
    return true;
  }
  static bool set(TextMap& field, const Value& value) {
    if (!value.map()) return false;
    for (const auto& [key, each] : *value.map()) {
      if (!each.text()) return false;
      field[key] = *each.text();
    }
    return true;
  }
  static bool set(bool& field, const Value& value) {
    if (value.boolean()) field = *value.boolean();
    return value.boolean() != nullptr;
  }
  static std::optional<Severity> parsed(std::string_view text, Severity) { return parse_severity(text); }
  static std::optional<Entity> parsed(std::string_view text, Entity) { return parse_entity(text); }
  static std::optional<Use> parsed(std::string_view text, Use) { return parse_use(text); }
  static std::optional<Linkage> parsed(std::string_view text, Linkage) { return parse_linkage(text); }
  static std::optional<SignatureState> parsed(std::string_view text, SignatureState) {
    return parse_signature_state(text);
  }
  static std::optional<Dependency> parsed(std::string_view text, Dependency) { return parse_dependency(text); }
  static std::optional<Reachability> parsed(std::string_view text, Reachability) { return parse_reachability(text); }
  static std::optional<Fix> parsed(std::string_view text, Fix) { return parse_fix(text); }
  static std::optional<ScanEnd> parsed(std::string_view text, ScanEnd) { return parse_scan_end(text); }
  static std::optional<VexStatus> parsed(std::string_view text, VexStatus) { return parse_vex_status(text); }
  template <class T>
    requires std::is_enum_v<T>
  static bool set(T& field, const Value& value) {
    const auto word = value.text() ? parsed(*value.text(), field) : std::nullopt;
    if (word) field = *word;
    return word.has_value();
  }
  template <Record T>
  static bool set(std::vector<T>& field, const Value& value) {
    if (!value.list()) return false;
    for (const Value& each : *value.list()) {
      if (!each.map()) return false;
      T record;
      std::size_t known = 0;
      bool good = true;
      T::fields(record, [&](std::string_view name, auto& part) {
        const Value* given = each.find(name);
        if (!given) return;
        ++known;
        good = good && set(part, *given);
      });
      if (!good || known != each.map()->size()) return false;
      field.push_back(std::move(record));
    }
    return true;
  }
  static bool set(int& field, const Value& value) {
    if (value.integer()) field = static_cast<int>(*value.integer());
    return value.integer() != nullptr;
  }
  // {file, line, column}, or "file:line:column".
  static bool set(Location& field, const Value& value) {
    if (value.map()) {
      std::size_t known = 0;
      const auto part = [&](std::string_view key, auto& into) {
        const Value* given = value.find(key);
        known += given != nullptr;
        return !given || set(into, *given);
      };
      return part("file", field.file) && part("line", field.line) && part("column", field.column) &&
             known == value.map()->size();
    }
    if (!value.text()) return false;
    std::string text = *value.text();
    return cut_number(text, field.column) && cut_number(text, field.line) && !(field.file = text).empty();
  }
  static bool cut_number(std::string& text, int& number) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos) return false;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, number);
    if (error != std::errc{} || stop != end) return false;
    text.resize(colon);
    return true;
  }
};

}  // namespace gate
