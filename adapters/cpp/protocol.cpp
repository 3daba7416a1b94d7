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

template <class Fact>
json::Value to_json(const Fact& fact) {
  json::Value value;
  visit_fields(fact, [&]<class F>(std::string_view name, const F& field) {
    if constexpr (std::is_enum_v<F>) {
      value[name] = gate::name(field);
    } else if constexpr (std::is_same_v<F, Location>) {
      value[name] = to_json(field);
    } else {
      value[name] = field;
    }
  });
  value["origin"] = to_json(fact.origin);
  return value;
}

json::Value to_json(const Error& error) {
  return {{"code", static_cast<int>(error.code)}, {"what", error.what}, {"where", to_json(error.where)}};
}

template <class T>
json::Array each(const std::vector<T>& values) {
  json::Array array;
  for (const T& value : values) array.push_back(to_json(value));
  return array;
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
  void read(std::string_view key, Linkage& out) { choose(key, parse_linkage, out); }
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

template <class Fact>
Status read_one(const json::View& view, Fact& fact) {
  Fields fields(view);
  Fact::fields(fact, [&](std::string_view name, auto& field) { fields.read(name, field); });
  fields.read("origin", fact.origin);
  return fields.finish(Done{});
}

Status read_one(const json::View& view, Error& error) { return read_error(view, error); }

template <class T>
Status read_all(const json::View& view, std::string_view key, std::vector<T>& out) {
  const auto elements = view.elements(key);
  if (!elements) return elements.error();
  for (const json::View& element : *elements) {
    if (Status read = read_one(element, out.emplace_back()); !read) return read;
  }
  return Done{};
}

// Null where the member is null.
template <class T>
Status read_optional(const json::View& view, std::string_view key, std::optional<T>& out) {
  const auto member = view.find(key);
  return member ? read_one(*member, out.emplace()) : Status(Done{});
}

std::optional<Error> read_inputs(const json::View& view, std::vector<Input>& inputs) {
  const auto texts = view.elements_or_none("inputs");
  if (!texts) return texts.error();
  for (std::size_t i = 0; i + 2 < texts->size(); i += 3) {
    const auto path = (*texts)[i].as_text(), what = (*texts)[i + 1].as_text(), real = (*texts)[i + 2].as_text();
    if (!path) return path.error();
    if (!what) return what.error();
    if (!real) return real.error();
    const auto digest = crypto::from_hex(std::string_view(*what).substr(std::min<std::size_t>(1, what->size())));
    const int seen = what->empty() ? -1 : what->front() - '0';
    if (seen < 0 || seen > static_cast<int>(Seen::listing) || !digest ||
        digest->size() != (seen >= static_cast<int>(Seen::file) ? 32u : 0u) || path->empty())
      return view.error(Errc::malformed, "an input is not understood");
    inputs.push_back({*path, static_cast<Seen>(seen), *digest, *real});
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

std::string encode(const BinaryFile& file) { return line({{"binary", file.name}}); }

json::Value json_of(const Error& error) { return to_json(error); }

json::Value json_of(const UnitReport& report) {
  json::Value problem;
  if (report.problem) problem = to_json(*report.problem);
  json::Value value{{"uses", each(report.uses)},
                    {"allowances", each(report.allowances)},
                    {"problem", std::move(problem)},
                    {"stage", static_cast<int>(report.stage)}};
  if (!report.inputs.empty()) {
    json::Array inputs;
    for (const Input& input : report.inputs) {
      inputs.emplace_back(input.path);
      inputs.emplace_back(std::to_string(static_cast<int>(input.seen)) + crypto::to_hex(input.digest));
      inputs.emplace_back(input.real);
    }
    value["inputs"] = std::move(inputs);
  }
  if (!report.files.empty()) value["files"] = list(report.files);
  return value;
}

std::string encode(const UnitReport& report) { return line(json_of(report)); }

std::string encode(const BinaryReport& report) {
  json::Value binary;
  if (report.binary) binary = to_json(*report.binary);
  return line({{"binary", std::move(binary)}, {"imports", each(report.imports)}, {"problems", each(report.problems)}});
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

Result<Work> decode_work(std::string_view text) {
  const auto value = parse(text);
  if (!value) return value.error();
  Fields fields(json::View(*value, std::string(peer)));
  if (value->find("binary")) {
    BinaryFile file;
    fields.read("binary", file.name);
    return fields.finish(Work(std::move(file)));
  }
  Unit unit;
  fields.read("file", unit.file);
  fields.read("directory", unit.directory);
  fields.read("language", unit.language);
  fields.read("arguments", unit.arguments);
  fields.read("output", unit.output);
  return fields.finish(Work(std::move(unit)));
}

Status read_error(const json::View& view, Error& error) {
  int code = 0;
  Fields fields(view);
  fields.read("code", code);
  fields.read("what", error.what);
  fields.read("where", error.where);
  if (code > static_cast<int>(Errc::internal)) fields.fail(view.error(Errc::malformed, "unknown code"));
  error.code = static_cast<Errc>(code);
  return fields.finish(Done{});
}

Result<UnitReport> decode_report(std::string_view text) {
  const auto value = parse(text);
  if (!value) return value.error();
  return read_report(json::View(*value, std::string(peer)));
}

Result<UnitReport> read_report(const json::View& view) {
  UnitReport report;
  if (Status read = read_all(view, "uses", report.uses); !read) return read.error();
  if (Status read = read_all(view, "allowances", report.allowances); !read) return read.error();
  if (Status read = read_optional(view, "problem", report.problem); !read) return read.error();
  const auto stage = view.integer("stage");
  if (!stage) return stage.error();
  if (*stage < 0 || *stage > static_cast<int>(Stage::parsed))
    return view.error(Errc::malformed, "a stage is not understood");
  report.stage = static_cast<Stage>(*stage);
  if (auto error = read_inputs(view, report.inputs)) return *error;
  if (view.find("files")) {
    Fields fields(view);
    fields.read("files", report.files);
    if (const Status read = fields.finish(Done{}); !read) return read.error();
  }
  return report;
}

Result<BinaryReport> decode_binary_report(std::string_view text) {
  const auto value = parse(text);
  if (!value) return value.error();
  const json::View view(*value, std::string(peer));
  BinaryReport report;
  if (Status read = read_optional(view, "binary", report.binary); !read) return read.error();
  if (Status read = read_all(view, "imports", report.imports); !read) return read.error();
  if (Status read = read_all(view, "problems", report.problems); !read) return read.error();
  if (!report.binary && report.problems.empty()) return view.error(Errc::malformed, "neither seen nor a problem");
  return report;
}

bool decode_ready(std::string_view text) {
  const auto value = parse(text);
  return value && value->find("ready") && value->find("ready")->boolean();
}

}  // namespace gate::cpp
