#include <fmt/format.h>

#include "gate/json/value.h"
#include "gate/policy/load.h"
#include "gate/policy/params.h"

namespace gate::policy {
namespace {

using json::Array;
using json::Value;

std::string both(const Bilingual& text) {
  return text.en == text.ja ? text.en : fmt::format("{}\n{}", text.en, text.ja);
}

Value described(Value schema, const Bilingual& about) {
  schema["description"] = both(about);
  return schema;
}

Value text() { return {{"type", "string"}, {"minLength", 1}}; }
Value pattern(std::string_view regex) { return {{"type", "string"}, {"pattern", regex}}; }
Value date() { return pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"); }
Value duration() { return pattern("^[0-9]{1,8}[dhms]$"); }

Value list_of(Value items) { return {{"type", "array"}, {"items", std::move(items)}}; }
Value one_of(const std::vector<std::string>& choices) {
  Array values(choices.begin(), choices.end());
  return {{"type", "string"}, {"enum", std::move(values)}};
}

Value object(Value properties, const std::vector<std::string>& required = {}) {
  Value schema{{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = Array(required.begin(), required.end());
  return schema;
}

Value type_of(ParamType type) {
  switch (type) {
    case ParamType::flag: return {{"type", "boolean"}};
    case ParamType::number: return {{"type", "integer"}};
    default: return {{"type", "string"}};  // a parameter may be empty text
  }
}

Value records(const ParamSpec& param) {
  Value fields = json::Object{};
  std::vector<std::string> required;
  for (const ParamField& field : param.fields) {
    fields[field.name] = field.type == ParamType::text ? text() : type_of(field.type);
    if (field.required) required.push_back(field.name);
  }
  return list_of(object(std::move(fields), required));
}

Value default_of(const gate::Value& value) {
  if (const bool* flag = value.boolean()) return *flag;
  if (const auto* number = value.integer()) return *number;
  if (const auto* text = value.text()) return *text;
  Array elements;
  if (value.list()) {
    for (const gate::Value& each : *value.list()) elements.push_back(default_of(each));
  }
  if (!value.map()) return elements;
  json::Object members;
  for (const auto& [key, member] : *value.map()) members[key] = default_of(member);
  return members;
}

Value parameter(const RuleSpec& spec, const ParamSpec& param, const std::vector<std::string>& lists) {
  Value schema;
  switch (param.type) {
    case ParamType::choice: schema = one_of(param.choices); break;
    case ParamType::texts: schema = list_of(names_lists(spec, param.name) ? one_of(lists) : text()); break;
    case ParamType::records: schema = records(param); break;
    default: schema = type_of(param.type);
  }
  if (param.type == ParamType::texts) schema["uniqueItems"] = true;
  schema["default"] = default_of(param.fallback);
  return described(std::move(schema), param.about);
}

Value rule(const RuleSpec& spec, const std::vector<std::string>& lists) {
  Value globs = list_of(text());
  globs["minItems"] = 1;
  Value keys{
      {"level",
       described(one_of({"fail", "warn", "off"}), {"What a violation does: stop the pipeline, warn, or nothing.",
                                                   "違反時の動作。fail は停止、warn は警告、off は無効。"})},
      {"effective_on", described(date(), {"Before this day a violation is a warning (YYYY-MM-DD).",
                                          "この日より前は違反を警告として扱う(YYYY-MM-DD)。"})},
      {"allow_in_code",
       described({{"type", "boolean"}, {"default", false}},
                 {"Whether a comment may let findings on its line pass: gate: allow(RULE) until YYYY-MM-DD: REASON.",
                  "コード中のコメントで、その行の指摘を期限付きで認めるかどうか。書式は gate: allow(規則) until "
                  "YYYY-MM-DD: 理由。"})},
      {"expect", described(one_of({"some", "none"}), {"none: it is right that there is nothing to examine.",
                                                      "none は検査対象がないことを正しいとみなす。"})},
      {"paths", described(object({{"include", globs}, {"exclude", globs}}),
                          {"Globs of the files whose findings count: * within a folder, ** over folders, ? one byte.",
                           "対象ファイルの glob。* はフォルダー内、** はフォルダーをまたぎ、? は 1 バイト。"})},
  };
  for (const ParamSpec& param : spec.params) keys[param.name] = parameter(spec, param, lists);
  return described(object(std::move(keys)), {spec.title.en + ". " + spec.why.en, spec.title.ja + "。" + spec.why.ja});
}

Value rules(const std::vector<RuleSpec>& specs, const std::vector<std::string>& lists) {
  Value keys = json::Object{};
  for (const RuleSpec& spec : specs) keys[spec.id] = rule(spec, lists);
  return described(object(std::move(keys)), {"Rules by name.", "規則。"});
}

Value attestation(const std::vector<std::string>& formats) {
  Value schema = object(
      {{"path", text()},
       {"format", described(one_of(formats), {"How it is packed; dsse unless given.", "形式。既定は dsse。"})},
       {"subject", described(text(), {"The file that it has to be about.", "対象のファイル。"})},
       {"package", described(text(), {"The package that the subject is, as a purl with its version (npm).",
                                      "対象のパッケージ。版を含む purl(npm)。"})},
       {"commit", described(one_of({"head"}), {"It has to be about the commit that is judged, instead of a file.",
                                               "ファイルではなく、検査中のコミットを対象とする。"})},
       {"others", described(one_of({"refuse", "skip"}), {"Statements about something else: refuse unless given.",
                                                         "別の対象についての文書の扱い。既定は refuse(拒否)。"})}},
      {"path"});
  schema["oneOf"] = Array{{{"required", Array{"subject"}}}, {{"required", Array{"commit"}}}};
  return schema;
}

Value scanner_run() {
  return object(
      {{"program", described(pattern("^/"), {"Absolute path of the scanner.", "スキャナーの絶対パス。"})},
       {"sha256", described(pattern("^[0-9a-f]{64}$"), {"Its digest; another program is not started.",
                                                        "そのダイジェスト。異なるプログラムは起動しない。"})},
       {"arguments", described(list_of(text()), {"Given as they are, without a shell.", "シェルを介さず渡す引数。"})},
       {"environment", described(list_of(pattern("^[^=]+=")), {"NAME=value, and nothing else is in it.",
                                                               "NAME=value。これ以外の環境変数は渡さない。"})},
       {"timeout", described(duration(), {"10m unless given.", "既定は 10m。"})}},
      {"program", "sha256"});
}

Value report_schema(const std::vector<std::string>& formats) {
  Value schema = object(
      {{"format",
        described(one_of(formats), {"Format of the report; it is never guessed.", "レポートの形式。推測はしない。"})},
       {"path", text()},
       {"run", described(scanner_run(), {"A scanner to start instead: its standard output is the report.",
                                         "ファイルの代わりに起動するスキャナー。標準出力を報告とする。"})},
       {"of", described(one_of({"base", "head"}),
                        {"base: what it tells was there before the change.", "base は変更前の状態についての報告。"})},
       {"max_age", described(duration(), {"An older report counts as not seen: 7d, 12h, 30m, 90s.",
                                          "これより古いレポートは未確認として扱う。7d、12h など。"})},
       {"max_size", described(pattern("^[0-9]{1,19}[kMG]?$"), {"A larger report counts as not seen; 512M unless given.",
                                                               "これより大きい報告は未確認とする。既定は 512M。"})},
       {"scanned", described({{"type", "boolean"}},
                             {"CycloneDX: a scanner made it, so that an empty list of vulnerabilities is its answer.",
                              "CycloneDX 文書をスキャナーが作ったこと。空の脆弱性一覧を「なし」という回答とみなす。"})},
       {"tool", described(text(), {"The tool that it has to be of.", "報告を作るべきツール。"})},
       {"tool_version", described(text(), {"The version that it has to be of.", "そのツールの版。"})},
       {"subject", described(text(), {"A file whose SHA-256 it has to name as its subject.",
                                      "報告の対象であるべきファイル(SHA-256 で照合)。"})}},
      {"format"});
  schema["oneOf"] = Array{{{"required", Array{"path"}}}, {{"required", Array{"run"}}}};
  return schema;
}

Value inputs(const std::vector<std::string>& formats, const std::vector<std::string>& attestation_formats) {
  const Value report = report_schema(formats);
  const Value git =
      object({{"range", described(pattern("^(auto|[^.].*\\.\\..+)$"),
                                  {"auto (from the CI event, the hook or --base), or REVISION..REVISION.",
                                   "auto(CI のイベント、フック、--base から決める)または REVISION..REVISION。"})}},
             {"range"});
  return described(
      object({{"compile_commands", described(text(), {"Folder with compile_commands.json, or the file.",
                                                      "compile_commands.json のあるフォルダー、またはそのファイル。"})},
              {"reports", described(list_of(report), {"Reports of scanners.", "スキャナーのレポート。"})},
              {"attestations",
               described(list_of(attestation(attestation_formats)),
                         {"Attestations, and what each must be about.", "証明書類(アテステーション)と、その対象。"})},
              {"binaries",
               described(list_of(text()),
                         {"Objects, archives, programs and libraries of this project, by path or glob.",
                          "このプロジェクトのオブジェクト、アーカイブ、実行ファイル、ライブラリ。パスまたは glob。"})},
              {"git", described(git, {"The commits to judge.", "検査するコミット。"})}}),
      {"What the gate reads; paths are relative to the project's root.",
       "gate が読む入力。パスはプロジェクトのルートから。"});
}

Value identity() {
  Value schema = object(
      {{"name", described(text(), {"The certificate's alternative name, whole.", "証明書の主体代替名。完全一致。"})},
       {"glob", described(text(), {"The same as a glob over the whole name.", "主体代替名全体に対する glob。"})},
       {"issuer", described(text(), {"Who vouched for it, whole.", "発行元。完全一致。"})}},
      {"issuer"});
  schema["oneOf"] = Array{{{"required", Array{"name"}}}, {{"required", Array{"glob"}}}};
  return schema;
}

Value sigstore() {
  return object({{"root", described(text(), {"public-good, github, or a trusted_root.json.",
                                             "public-good、github、または trusted_root.json。"})},
                 {"identities", described(list_of(identity()),
                                          {"Whose certificates count on attestations.", "信頼する証明書の主体。"})}},
                {"root"});
}

Value builder() {
  Value schema =
      object({{"builder", described(text(), {"Builder id, whole.", "ビルド環境の識別子。完全一致。"})},
              {"key", described(text(), {"Id of the key that signs.", "署名する鍵の id。"})},
              {"identity",
               described(text(), {"Name of the certificate that signs, whole.", "署名する証明書の主体。完全一致。"})},
              {"level",
               described({{"type", "integer"}, {"minimum", 1}, {"maximum", 4}},
                         {"The highest SLSA build level that it can reach.", "到達しうる最高の SLSA ビルドレベル。"})}},
             {"builder", "level"});
  schema["oneOf"] = Array{{{"required", Array{"key"}}}, {{"required", Array{"identity"}}}};
  return schema;
}

Value trust() {
  const Value format = described(one_of({key_formats.begin(), key_formats.end()}),
                                 {"Form of the file; pem unless given.", "ファイルの形式。既定は pem。"});
  const Value key = object({{"id", text()}, {"path", text()}, {"format", format}}, {"id", "path"});
  const Value forge =
      object({{"signer", text()}, {"merges", {{"type", "boolean"}}}, {"squashes", {{"type", "boolean"}}}}, {"signer"});
  return described(
      object({{"keys", described(list_of(key), {"Public keys of attestations.", "来歴の検証に使う公開鍵。"})},
              {"threshold", described({{"type", "integer"}, {"minimum", 1}},
                                      {"How many of the keys have to sign an envelope; 1 unless given.",
                                       "エンベロープに必要な署名鍵の数。既定は 1。"})},
              {"allowed_signers", described(text(), {"Keys of commits, as ssh-keygen(1) reads them.",
                                                     "コミット署名の鍵。形式は ssh-keygen(1)。"})},
              {"revoked_keys", described(text(), {"Keys that no longer count: a KRL, or one key a line.",
                                                  "無効にした鍵。KRL、または 1 行に 1 つの鍵。"})},
              {"openpgp_keyring", described(text(), {"OpenPGP keys of signers, as gpg --export writes them.",
                                                     "署名者の OpenPGP 公開鍵。形式は gpg --export。"})},
              {"x509_roots", described(text(), {"PEM certificates: who may certify signers (S/MIME).",
                                                "署名者を認証する認証局の証明書(PEM、S/MIME)。"})},
              {"identities", described(list_of(identity()), {"Whose certificates count on commits and tags (gitsign).",
                                                             "コミットとタグで信頼する証明書の主体(gitsign)。"})},
              {"forges",
               described(list_of(forge), {"Signers that are a forge and no person.", "人ではなくフォージの署名者。"})},
              {"sigstore", described(sigstore(), {"Sigstore: its root, and certificates of attestations.",
                                                  "Sigstore のルートと、アテステーションの証明書。"})},
              {"vex_authors", described(list_of(text()), {"Whose VEX statements count, as the documents name them.",
                                                          "VEX 文を信頼する作者。文書に記された名前。"})},
              {"builders", described(list_of(builder()), {"What provenance is worth, by signer and builder.",
                                                          "署名者とビルド環境ごとの来歴の水準。"})}}),
      {"Whose signatures count.", "信頼する署名者。"});
}

// Which keys a waiver may match on depends on its rule.
Value match_of(const RuleSpec& spec) {
  Value keys = json::Object{};
  for (const std::string& key : spec.match) keys[key] = text();
  keys["path"] = described(text(), {"Glob of files.", "ファイルの glob。"});
  const Value is_rule{{"properties", {{"rule", {{"const", spec.id}}}}}, {"required", Array{"rule"}}};
  return {{"if", is_rule}, {"then", {{"properties", {{"match", object(std::move(keys))}}}}}};
}

Value waivers(const std::vector<RuleSpec>& specs) {
  std::vector<std::string> ids;
  Array matches;
  for (const RuleSpec& spec : specs) {
    ids.push_back(spec.id);
    matches.push_back(match_of(spec));
  }
  Value waiver =
      object({{"rule", one_of(ids)},
              {"match", described({{"type", "object"}, {"minProperties", 1}, {"additionalProperties", text()}},
                                  {"The findings that it covers: every key must hold.",
                                   "対象の指摘。すべてのキーが一致する必要がある。"})},
              {"reason", text()},
              {"owner", text()},
              {"approved_by", described(text(), {"A person other than the owner.", "所有者とは別の承認者。"})},
              {"expires", described(date(), {"The last day (YYYY-MM-DD), at most max_waiver ahead.",
                                             "有効期限の最終日(YYYY-MM-DD)。max_waiver まで。"})}},
             {"rule", "match", "reason", "owner", "approved_by", "expires"});
  waiver["allOf"] = std::move(matches);
  return described(list_of(std::move(waiver)),
                   {"Agreed exceptions; each use is reported.", "承認済みの例外。使用のたびに報告する。"});
}

}  // namespace

std::string schema(const std::vector<RuleSpec>& specs, const std::vector<std::string>& formats,
                   const std::vector<std::string>& attestation_formats, const std::vector<std::string>& lists) {
  Value root = object(
      {{"gate", described({{"const", 1}}, {"Version of the policy language.", "ポリシー言語の版。"})},
       {"name", described(text(), {"Name of the policy in reports.", "レポートに載るポリシー名。"})},
       {"extends",
        described(list_of(text()), {"Policies that this one builds on: embedded ones by name, files by path.",
                                    "土台とするポリシー。同梱は名前、ファイルはパス。"})},
       {"max_waiver", described(pattern("^[0-9]{1,8}d$"), {"How far ahead a waiver may expire; 180d unless given.",
                                                           "例外の期限の上限。既定は 180d。"})},
       {"inputs", inputs(formats, attestation_formats)},
       {"trust", trust()},
       {"rules", rules(specs, lists)},
       {"waivers", waivers(specs)}},
      {"gate", "name"});
  root["$schema"] = "https://json-schema.org/draft/2020-12/schema";
  root["title"] = "gate policy";
  return json::to_pretty_string(root);
}

}  // namespace gate::policy
