#include "gate/evidence/words.h"

#include <algorithm>
#include <span>

#include "gate/json/utf8.h"

namespace gate::evidence {
namespace {

constexpr Words english{
    .decisions = {"PASS", "FAIL", "UNDECIDED"},
    .outcomes = {"pass", "fail", "not checked", "not applicable", "needs review", "error"},
    .waiver_states = {"used", "unused", "expired", "refused"},
    .reaches = {"direct", "partial", "none"},
    .waived = "waived",
    .comma = ", ",
    .undecided = "Not decided",
    .problems = "Inputs with problems",
    .failures = "Failures",
    .warnings = "Warnings (do not block)",
    .waivers = "Waivers, by expiry",
    .loosenings = "Loosened",
    .unread_sources = "C and C++ files that no unit reads, so that no rule saw them: {}",
    .rules = "All rules",
    .rule = "rule",
    .outcome = "outcome",
    .reason = "reason",
    .severity = "severity",
    .place = "place",
    .finding = "finding",
    .to_do = "remedy",
    .until = "until",
    .state = "state",
    .scope = "matches",
    .approved = "reason and approval",
    .title = "title",
    .task = "task",
    .reach = "reach of a pipeline",
    .judged_nothing = "no rule that blocks judged anything",
    .more = "and {} more: see the JSON evidence",
    .examined = "{} examined",
    .against = "{} against",
    .waived_findings = "{} more waived",
    .remedy = "remedy: {}",
    .waivable = "a waiver may match: {}",
    .level_warn = "level warn",
    .blocks_from = "blocks from {}",
    .waiver_used = "{} (findings: {})",
    .approval = "{} (approved by {}, owner {})",
    .off = "rules switched off: {}",
    .framework = "{}: contributes to {} of {} tasks: {}",
    .origin = "gate {}, policy {} sha256:{}, {}",
};

constexpr Words japanese{
    .decisions = {"合格", "不合格", "判定不能"},
    .outcomes = {"合格", "不合格", "未検査", "対象外", "要確認", "エラー"},
    .waiver_states = {"適用", "未使用", "期限切れ", "無効"},
    .reaches = {"直接", "一部", "不可"},
    .waived = "例外承認済",
    .comma = "、",
    .undecided = "判定できなかった項目",
    .problems = "問題のある入力",
    .failures = "不合格",
    .warnings = "警告（通過は止めない）",
    .waivers = "例外承認（期限順）",
    .loosenings = "緩められた条件",
    .unread_sources = "どの翻訳単位も読まず、どの規則も見ていない C/C++ ファイル: {}",
    .rules = "全規則",
    .rule = "規則",
    .outcome = "結果",
    .reason = "理由",
    .severity = "深刻度",
    .place = "場所",
    .finding = "指摘",
    .to_do = "対処",
    .until = "期限",
    .state = "状態",
    .scope = "対象",
    .approved = "理由と承認",
    .title = "題名",
    .task = "タスク",
    .reach = "パイプラインで示せる範囲",
    .judged_nothing = "通過を止める規則は一つも判定していない",
    .more = "ほか {} 件は JSON の証跡を参照",
    .examined = "{} 件を検査",
    .against = "違反 {} 件",
    .waived_findings = "ほか {} 件は例外承認済",
    .remedy = "対処: {}",
    .waivable = "例外承認で指定できる項目: {}",
    .level_warn = "レベルは警告",
    .blocks_from = "{} から通過を止める",
    .waiver_used = "{}（{} 件）",
    .approval = "{}（承認 {}、担当 {}）",
    .off = "無効にした規則: {}",
    .framework = "{}: {} / {} タスクに寄与: {}",
    .origin = "gate {}、ポリシー {} sha256:{}、{}",
};

struct Range {
  char32_t first, last;
};

// Blocks of UAX #11 with width W or F, taken whole.
constexpr Range wide[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x2FFFD}, {0x30000, 0x3FFFD},
};
constexpr Range combining[] = {{0x0300, 0x036F}, {0x200B, 0x200F}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}};

bool in(std::span<const Range> ranges, char32_t code_point) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [=](const Range& r) { return code_point >= r.first && code_point <= r.last; });
}

}  // namespace

const Words& words(std::string_view language) { return language == "ja" ? japanese : english; }

const std::string& in_language(const Bilingual& text, std::string_view language) {
  return language == "ja" && !text.ja.empty() ? text.ja : text.en;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code_point = json::next_code_point(text, at);
    width += in(combining, code_point) ? 0 : in(wide, code_point) ? 2 : 1;
  }
  return width;
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t own = display_width(text);
  return std::string(text) + std::string(width > own ? width - own : 0, ' ');
}

}  // namespace gate::evidence
