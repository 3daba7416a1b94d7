#include "gate/app/changed_only.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "gate/app/source_files.h"

namespace gate::app {
namespace {

constexpr std::array documents{".md", ".rst", ".adoc", ".png", ".svg", ".jpg", ".pdf", ".po"};
constexpr std::array document_names{"LICENSE", "COPYING", "AUTHORS", "NEWS", "ChangeLog", "README"};

bool changes_units_alone(const std::string& path) {
  const std::filesystem::path name = std::filesystem::path(path).filename();
  const std::string ending = name.extension().string();
  return is_source_file(path) || std::ranges::find(documents, ending) != documents.end() ||
         std::ranges::find(document_names, name.string()) != document_names.end();
}

}  // namespace

Result<ChangedOnly> changes_since(const Project& project, const std::string& base) {
  if (base.empty()) return ChangedOnly{{}, "this run has no base"};
  auto since = project.repository()->compare_work_tree(base);
  if (!since) return since.error();
  const auto build = std::ranges::find_if_not(since->changed, changes_units_alone);
  if (build != since->changed.end()) return ChangedOnly{{}, *build + " changed, and may change every unit"};
  return ChangedOnly{cpp::Changes{std::move(since->kept), std::move(since->changed)}, {}};
}

std::string changed_only_line(const cpp::Effort& effort, const std::string& base) {
  const std::size_t units = effort.cached + effort.cleared + effort.lexed + effort.classified + effort.parsed;
  return fmt::format("--changed-only: {} of {} units read nothing that differs from {}, and were not judged",
                     effort.left_out, units, base.substr(0, 12));
}

}  // namespace gate::app
