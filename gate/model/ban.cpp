#include "gate/model/ban.h"

namespace gate::model {
namespace {

std::string text_of(const Value& record, std::string_view key) {
  const Value* field = record.find(key);
  return field && field->text() ? *field->text() : std::string();
}

Error complaint(const Value& record, std::string_view key, std::string what) {
  const Value* field = record.find(key);
  const Position& at = field ? field->at : record.at;
  return {Errc::malformed, std::move(what), {at.file, {}, std::to_string(at.line) + ":" + std::to_string(at.column)}};
}

}  // namespace

Result<Ban> ban_from(const Value& record) {
  Ban ban;
  ban.name = text_of(record, "name");
  if (ban.name.empty()) return complaint(record, "name", "a ban needs a name");
  if (const std::string entity = text_of(record, "entity"); !entity.empty()) {
    const auto parsed = parse_entity(entity);
    if (!parsed) return complaint(record, "entity", "'" + entity + "' is nothing that can be banned");
    ban.entity = *parsed;
  }
  if (const std::string when = text_of(record, "when"); !when.empty()) {
    ban.condition = parse_condition(when);
    if (!ban.condition) return complaint(record, "when", "'" + when + "' is no condition on arguments");
    if (ban.entity != Entity::function) return complaint(record, "when", "only functions have arguments");
  }
  return ban;
}

}  // namespace gate::model
