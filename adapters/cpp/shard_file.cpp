#include "adapters/cpp/shard_file.h"

#include "adapters/cpp/compile_database.h"
#include "adapters/cpp/protocol.h"
#include "gate/crypto/digest.h"
#include "gate/json/value.h"

namespace gate::cpp {
namespace {

constexpr std::string_view magic = "gate shard 1\n";
constexpr std::size_t hex_digits = 64;

std::string authenticator(std::string_view content, std::string_view key) {
  return crypto::to_hex(key.empty() ? crypto::sha256(content) : crypto::hmac_sha256(key, content));
}

Result<bool> read_flag(const json::View& view, std::string_view key) {
  const auto member = view.member(key);
  if (!member) return member.error();
  const bool* flag = member->value().boolean();
  if (!flag) return member->error(Errc::malformed, "no boolean");
  return *flag;
}

Result<int> read_number(const json::View& view, std::string_view key, int most) {
  const auto number = view.integer(key);
  if (!number) return number.error();
  if (*number < 1 || *number > most) return view.error(Errc::malformed, std::string(key) + " is out of range");
  return static_cast<int>(*number);
}

json::Value terms_json(const Terms& terms) {
  json::Value value;
  Terms::fields(terms, [&](std::string_view name, const std::string& text) { value[name] = text; });
  return value;
}

Result<Terms> read_terms(const json::View& view) {
  Terms terms;
  Status status = Done{};
  Terms::fields(terms, [&](std::string_view name, std::string& out) {
    auto text = view.text(name);
    if (text) {
      out = std::move(*text);
    } else if (status) {
      status = text.error();
    }
  });
  if (!status) return status.error();
  return terms;
}

json::Value unit_json(const PartUnit& unit) {
  return {{"file", unit.file}, {"command", unit.command}, {"shard", unit.shard}, {"followed", unit.followed}};
}

Result<PartUnit> read_unit(const json::View& view, int shards) {
  auto file = view.text("file");
  if (!file) return file.error();
  auto command = view.text("command");
  if (!command) return command.error();
  const auto shard = read_number(view, "shard", shards);
  if (!shard) return shard.error();
  const auto followed = read_flag(view, "followed");
  if (!followed) return followed.error();
  return PartUnit{std::move(*file), std::move(*command), *shard, *followed};
}

json::Value report_json(const std::optional<Result<UnitReport>>& report) {
  if (!report) return {{"error", json_of(Error{Errc::incomplete, "left out: not judged by its shard", {}})}};
  if (*report) return {{"report", json_of(**report)}};
  return {{"error", json_of(report->error())}};
}

Status read_unit_report(const json::View& view, std::optional<Result<UnitReport>>& out) {
  if (const auto member = view.find("report")) {
    auto report = read_report(*member);
    if (!report) return report.error();
    if (!report->inputs.empty()) return member->error(Errc::malformed, "inputs do not travel");
    for (const SourceUse& use : report->uses) {
      if (use.units != 1) return member->error(Errc::malformed, "a unit counts itself once");
    }
    out = std::move(report);
    return Done{};
  }
  const auto member = view.member("error");
  if (!member) return member.error();
  Error error;
  if (Status read = read_error(*member, error); !read) return read;
  out.emplace(std::move(error));
  return Done{};
}

Status read_database(const json::View& top, Part& part) {
  const auto database = top.member("database");
  if (!database) return database.error();
  auto artifact = database->text("artifact"), sha256 = database->text("sha256");
  const auto bytes = database->integer("bytes");
  if (!artifact) return artifact.error();
  if (!sha256) return sha256.error();
  if (!bytes) return bytes.error();
  if (*bytes < 0) return database->error(Errc::malformed, "bytes is out of range");
  part.database = {{std::move(*artifact), std::move(*sha256), {}}, static_cast<std::uint64_t>(*bytes)};
  return Done{};
}

Status read_part(const json::View& top, const Shard& shard, Part& part) {
  if (Status read = read_database(top, part); !read) return read;
  const auto problems = top.elements("problems"), units = top.elements("units"), reports = top.elements("reports");
  const auto files = top.elements("files");
  if (!problems) return problems.error();
  if (!files) return files.error();
  if (!units) return units.error();
  if (!reports) return reports.error();
  if (units->size() > max_entries) return top.error(Errc::too_large, "too many units");
  for (const json::View& problem : *problems) {
    if (Status read = read_error(problem, part.problems.emplace_back()); !read) return read;
  }
  for (const json::View& element : *units) {
    auto unit = read_unit(element, shard.count);
    if (!unit) return unit.error();
    part.units.push_back(std::move(*unit));
  }
  for (const json::View& element : *files) {
    auto name = element.as_text();
    if (!name) return name.error();
    part.files.insert(std::move(*name));
  }
  part.reports.resize(part.units.size());
  auto next = reports->begin();
  for (std::size_t i = 0; i < part.units.size(); ++i) {
    if (part.units[i].shard != shard.index) continue;
    if (next == reports->end()) return top.error(Errc::incomplete, "its unit " + part.units[i].file + " has no report");
    if (Status read = read_unit_report(*next++, part.reports[i]); !read) return read;
  }
  if (next != reports->end()) return top.error(Errc::malformed, "there are more reports than units of this shard");
  return Done{};
}

Result<ShardFile> read_content(const json::View& top) {
  ShardFile file;
  const auto count = read_number(top, "count", max_shards);
  if (!count) return count.error();
  const auto index = read_number(top, "index", *count);
  if (!index) return index.error();
  file.shard = {*index, *count};
  const auto unclean = read_flag(top, "unclean");
  if (!unclean) return unclean.error();
  file.unclean = *unclean;
  const auto member = top.member("terms");
  if (!member) return member.error();
  auto terms = read_terms(*member);
  if (!terms) return terms.error();
  file.terms = std::move(*terms);
  if (Status read = read_part(top, file.shard, file.part); !read) return read.error();
  return file;
}

}  // namespace

std::string encode_shard(const ShardFile& file, std::string_view key) {
  json::Array problems, files, units, reports;
  for (const std::string& name : file.part.files) files.emplace_back(name);
  for (const Error& problem : file.part.problems) problems.push_back(json_of(problem));
  for (std::size_t i = 0; i < file.part.units.size(); ++i) {
    units.push_back(unit_json(file.part.units[i]));
    if (file.part.units[i].shard == file.shard.index) reports.push_back(report_json(file.part.reports[i]));
  }
  const json::Value database{{"artifact", file.part.database.origin.artifact},
                             {"sha256", file.part.database.origin.sha256},
                             {"bytes", file.part.database.bytes}};
  const std::string content = json::to_string({{"index", file.shard.index},
                                               {"count", file.shard.count},
                                               {"unclean", file.unclean},
                                               {"terms", terms_json(file.terms)},
                                               {"database", database},
                                               {"problems", std::move(problems)},
                                               {"files", std::move(files)},
                                               {"units", std::move(units)},
                                               {"reports", std::move(reports)}}) +
                              "\n";
  return std::string(magic) + authenticator(content, key) + "\n" + content;
}

Result<ShardFile> decode_shard(const Document& document, std::string_view key) {
  const auto refuse = [&](Errc code, std::string what) { return Error{code, std::move(what), document.origin}; };
  std::string_view rest = document.bytes;
  if (rest.size() > max_shard_bytes) return refuse(Errc::too_large, "too large for a shard's file");
  const std::string_view family = magic.substr(0, magic.size() - 2);
  if (!rest.starts_with(family)) return refuse(Errc::malformed, "no shard's file");
  if (!rest.starts_with(magic)) return refuse(Errc::unsupported_version, "a shard's file that this gate does not read");
  rest.remove_prefix(magic.size());
  if (rest.size() <= hex_digits || rest[hex_digits] != '\n') return refuse(Errc::malformed, "torn or edited");
  const std::string_view content = rest.substr(hex_digits + 1);
  if (authenticator(content, key) != rest.substr(0, hex_digits))
    return refuse(Errc::untrusted, key.empty() ? "torn or edited" : "torn, edited or made without this key");
  const auto value = json::parse(content, document.origin.artifact, {.bytes = max_shard_bytes, .depth = 12});
  if (!value) return value.error();
  return read_content(json::View(*value, document.origin.artifact));
}

}  // namespace gate::cpp
