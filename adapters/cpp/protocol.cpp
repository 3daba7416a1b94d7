#include "adapters/cpp/protocol.h"

#include <algorithm>
#include <type_traits>

#include "gate/crypto/digest.h"
#include "gate/json/value.h"

namespace gate::cpp {
namespace {

constexpr std::string_view peer = "worker";

json::Value list(const std::vector<std::string>& texts) {
  json::Array array;
  for (const std::string& text : texts) array.emplace_back(text);
  return array;
}

std::string line(const json::Value& value) { return json::to_string(value) + "\n"; }

json::Value to_json(const Location& at) { return {{"file", at.file}, {"line", at.line}, {"column", at.column}}; }
json::Value to_json(const Origin& origin) {
  return {{"artifact", origin.artifact}, {"sha256", origin.sha256}, {"at", origin.at}};
}

json::Value to_json(const SourceUse& use) {
  json::Value value;
  visit_fields(use, [&]<class F>(std::string_view name, const F& field) {
    if constexpr (std::is_enum_v<F>) {
      value[name] = gate::name(field);
    } else if constexpr (std::is_same_v<F, Location>) {
      value[name] = to_json(field);
    } else {
      value[name] = field;
    }
  });
  value["origin"] = to_json(use.origin);
  return value;
}

// Reads members until one is missing or of another type; then keeps the first complaint.
class Fields {
 public:
  explicit Fields(json::View view) : view_(std::move(view)) {}

  void read(std::string_view key, std::string& out) { take(view_.text(key), out); }
  void read(std::string_view key, std::int64_t& out) { take(view_.integer(key), out); }
  void read(std::string_view key, int& out) {
    std::int64_t wide = 0;
    read(key, wide);
    if (wide < 0 || wide > 0x7fffffff) fail(view_.error(Errc::malformed, "out of range"));
    out = static_cast<int>(wide);
  }
  void read(std::string_view key, std::vector<std::string>& out) {
    std::vector<json::View> elements;
    take(view_.elements(key), elements);
    for (const json::View& element : elements) take(element.as_text(), out.emplace_back());
  }
  void read(std::string_view key, Engine& out) { choose(key, parse_engine, out); }
  void read(std::string_view key, Use& out) { choose(key, parse_use, out); }
  void read(std::string_view key, Entity& out) { choose(key, parse_entity, out); }
  void read(std::string_view key, Location& out) {
    within(key, [&](Fields& at) {
      at.read("file", out.file);
      at.read("line", out.line);
      at.read("column", out.column);
    });
  }
  void read(std::string_view key, Origin& out) {
    within(key, [&](Fields& origin) {
      origin.read("artifact", out.artifact);
      origin.read("sha256", out.sha256);
      origin.read("at", out.at);
    });
  }

  void fail(Error error) {
    if (!error_) error_ = std::move(error);
  }
  const std::optional<Error>& complaint() const { return error_; }
  template <class T>
  Result<T> finish(T value) const {
    if (error_) return *error_;
    return value;
  }

 private:
  template <class T>
  void take(Result<T> result, T& out) {
    if (result) {
      out = std::move(*result);
    } else {
      fail(result.error());
    }
  }
  template <class Enum>
  void choose(std::string_view key, std::optional<Enum> (*parse)(std::string_view), Enum& out) {
    std::string text;
    read(key, text);
    if (const auto value = parse(text)) {
      out = *value;
    } else {
      fail(view_.error(Errc::malformed, "unknown value"));
    }
  }
  template <class Visitor>
  void within(std::string_view key, Visitor&& visit) {
    const auto member = view_.member(key);
    if (!member) return fail(member.error());
    Fields fields(*member);
    visit(fields);
    if (fields.error_) fail(*fields.error_);
  }

  json::View view_;
  std::optional<Error> error_;
};

Result<model::Ban> ban_from(const json::View& view) {
  model::Ban ban;
  std::string when;
  Fields fields(view);
  fields.read("entity", ban.entity);
  fields.read("name", ban.name);
  fields.read("when", when);
  if (!when.empty() && !(ban.condition = model::parse_condition(when)))
    fields.fail(view.error(Errc::malformed, "unknown condition"));
  return fields.finish(std::move(ban));
}

Result<SourceUse> use_from(const json::View& view) {
  SourceUse use;
  Fields fields(view);
  SourceUse::fields(use, [&](std::string_view name, auto& field) { fields.read(name, field); });
  fields.read("origin", use.origin);
  return fields.finish(std::move(use));
}

std::optional<Error> read_inputs(const json::View& view, std::vector<Input>& inputs) {
  const auto texts = view.elements_or_none("inputs");
  if (!texts) return texts.error();
  for (std::size_t i = 0; i + 1 < texts->size(); i += 2) {
    const auto path = (*texts)[i].as_text(), what = (*texts)[i + 1].as_text();
    if (!path) return path.error();
    if (!what) return what.error();
    const auto digest = crypto::from_hex(std::string_view(*what).substr(std::min<std::size_t>(1, what->size())));
    const int seen = what->empty() ? -1 : what->front() - '0';
    if (seen < 0 || seen > static_cast<int>(Seen::listing) || !digest ||
        digest->size() != (seen >= static_cast<int>(Seen::file) ? 32u : 0u) || path->empty())
      return view.error(Errc::malformed, "an input is not understood");
    inputs.push_back({*path, static_cast<Seen>(seen), *digest});
  }
  return std::nullopt;
}

Result<json::Value> parse(std::string_view text) { return json::parse(text, peer, {.bytes = max_line, .depth = 8}); }

}  // namespace

std::string encode(const Setup& setup) {
  json::Array bans;
  for (const model::Ban& ban : setup.bans) {
    bans.push_back({{"entity", name(ban.entity)},
                    {"name", ban.name},
                    {"when", ban.condition ? model::to_text(*ban.condition) : std::string()}});
  }
  return line({{"root", setup.root},
               {"engine", name(setup.engine)},
               {"inputs", setup.tell_inputs ? 1 : 0},
               {"bans", std::move(bans)}});
}

std::string encode(const Unit& unit) {
  return line({{"file", unit.file},
               {"directory", unit.directory},
               {"language", unit.language},
               {"arguments", list(unit.arguments)},
               {"output", unit.output}});
}

std::string encode(const UnitReport& report) {
  json::Array uses;
  for (const SourceUse& use : report.uses) uses.push_back(to_json(use));
  json::Value problem;
  if (report.problem) {
    problem = {{"code", static_cast<int>(report.problem->code)},
               {"what", report.problem->what},
               {"where", to_json(report.problem->where)}};
  }
  json::Value value{
      {"uses", std::move(uses)}, {"problem", std::move(problem)}, {"stage", static_cast<int>(report.stage)}};
  if (!report.inputs.empty()) {
    json::Array inputs;
    for (const Input& input : report.inputs) {
      inputs.emplace_back(input.path);
      inputs.emplace_back(std::to_string(static_cast<int>(input.seen)) + crypto::to_hex(input.sha256));
    }
    value["inputs"] = std::move(inputs);
  }
  return line(value);
}

std::string encode_ready() { return line({{"ready", true}}); }

Result<Setup> decode_setup(std::string_view text) {
  const auto value = parse(text);
  if (!value) return value.error();
  Setup setup;
  Fields fields(json::View(*value, std::string(peer)));
  fields.read("root", setup.root);
  int inputs = 0;
  fields.read("engine", setup.engine);
  fields.read("inputs", inputs);
  setup.tell_inputs = inputs == 1;
  if (fields.complaint()) return *fields.complaint();
  const auto bans = json::View(*value, std::string(peer)).elements("bans");
  if (!bans) return bans.error();
  for (const json::View& element : *bans) {
    auto ban = ban_from(element);
    if (!ban) return ban.error();
    setup.bans.push_back(std::move(*ban));
  }
  return setup;
}

Result<Unit> decode_unit(std::string_view text) {
  const auto value = parse(text);
  if (!value) return value.error();
  Unit unit;
  Fields fields(json::View(*value, std::string(peer)));
  fields.read("file", unit.file);
  fields.read("directory", unit.directory);
  fields.read("language", unit.language);
  fields.read("arguments", unit.arguments);
  fields.read("output", unit.output);
  return fields.finish(std::move(unit));
}

Result<UnitReport> decode_report(std::string_view text) {
  const auto value = parse(text);
  if (!value) return value.error();
  const json::View view(*value, std::string(peer));
  UnitReport report;
  const auto uses = view.elements("uses");
  if (!uses) return uses.error();
  for (const json::View& element : *uses) {
    auto use = use_from(element);
    if (!use) return use.error();
    report.uses.push_back(std::move(*use));
  }
  const auto stage = view.integer("stage");
  if (!stage) return stage.error();
  report.stage = *stage == 0 ? Stage::cleared : *stage == 1 ? Stage::classified : Stage::parsed;
  if (auto error = read_inputs(view, report.inputs)) return *error;
  if (const auto problem = view.find("problem")) {
    Error error;
    int code = 0;
    Fields fields(*problem);
    fields.read("code", code);
    fields.read("what", error.what);
    fields.read("where", error.where);
    if (code > static_cast<int>(Errc::internal)) fields.fail(problem->error(Errc::malformed, "unknown code"));
    error.code = static_cast<Errc>(code);
    if (fields.complaint()) return *fields.complaint();
    report.problem = std::move(error);
  }
  return report;
}

bool decode_ready(std::string_view text) {
  const auto value = parse(text);
  return value && value->find("ready") && value->find("ready")->boolean();
}

}  // namespace gate::cpp
