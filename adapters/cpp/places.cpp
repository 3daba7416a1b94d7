#include "adapters/cpp/places.h"

#include <clang/Lex/Lexer.h>
#include <clang/Lex/Preprocessor.h>

namespace gate::cpp {

std::string project_name(clang::FileEntryRef file, const Unit& unit, const Paths& paths) {
  if (auto name = paths.inside(file.getFileEntry().tryGetRealPathName().str())) return *name;
  const std::string as_named = absolute_path(file.getName().str(), unit.directory);
  if (as_named == unit.file) return paths.relative(unit.file);  // included by itself
  return paths.inside(as_named).value_or(std::string());
}

bool Places::spelled_in_project(clang::SourceLocation location) const {
  return location.isFileID() ? in_project(location) : project_macro(location).has_value();
}

std::optional<Location> Places::locate(clang::SourceLocation location) const {
  const auto [file, offset] = sources_.getDecomposedLoc(location);
  const std::string& file_name = name(file);
  if (file_name.empty()) return std::nullopt;
  return Location{file_name, static_cast<int>(sources_.getLineNumber(file, offset)),
                  static_cast<int>(sources_.getColumnNumber(file, offset))};
}

std::optional<Places::Written> Places::find(clang::SourceLocation name_location) const {
  Written written;
  clang::SourceLocation location = name_location;
  while (location.isMacroID()) {
    if (is_handed_over(location)) {
      location = sources_.getImmediateSpellingLoc(location);
    } else if (auto spelled = project_macro(location)) {
      written.macro = immediate_macro(location);
      written.spelled = *spelled;
      location = sources_.getFileLoc(location);
    } else {  // a macro of a system header: what counts is where that macro is named
      location = sources_.getImmediateExpansionRange(location).getBegin();
    }
  }
  const auto at = locate(location);
  if (!at) return std::nullopt;
  written.at = *at;
  return written;
}

const std::string& Places::name(clang::FileID file) const {
  static const std::string nowhere;
  if (file.isInvalid()) return nowhere;
  const auto [entry, added] = names_.try_emplace(file);
  if (added) entry->second = name_of(file);
  return entry->second;
}

std::string Places::name_of(clang::FileID file) const {
  const auto entry = sources_.getFileEntryRefForID(file);
  if (!entry) return {};
  return file == sources_.getMainFileID() ? paths_.relative(unit_.file) : project_name(*entry, unit_, paths_);
}

std::string Places::immediate_macro(clang::SourceLocation location) const {
  return clang::Lexer::getImmediateMacroName(location, sources_, preprocessor_.getLangOpts()).str();
}

// Whether the token was an argument of a macro. Clang has another mark for one that a failed pasting leaves: it comes
// from what is no macro's name.
bool Places::is_handed_over(clang::SourceLocation location) const {
  if (sources_.isMacroArgExpansion(location)) return true;
  const auto* identifier = preprocessor_.getIdentifierInfo(immediate_macro(location));
  return !sources_.isWrittenInScratchSpace(sources_.getSpellingLoc(location)) && !identifier->hadMacroDefinition();
}

// Where a macro of the project writes the token: in the macro's body, at the macro's definition for a token that it
// pastes, nowhere (line 0) for a macro of the command line. Nothing for a macro that is not the project's.
std::optional<Location> Places::project_macro(clang::SourceLocation location) const {
  const clang::SourceLocation spelling = sources_.getSpellingLoc(location);
  if (sources_.isWrittenInScratchSpace(spelling)) {
    const auto* identifier = preprocessor_.getIdentifierInfo(immediate_macro(location));
    const auto* macro = preprocessor_.getMacroInfo(identifier);
    return macro ? locate(macro->getDefinitionLoc()) : std::nullopt;
  }
  if (sources_.isWrittenInCommandLineFile(spelling)) return Location{};
  return locate(spelling);
}

std::optional<SourceUse> use_at(clang::SourceLocation name, const model::Ban& ban, const std::string& written, Use use,
                                const Places& places) {
  if (!places.expands_in_project(name)) return std::nullopt;
  auto place = places.find(name);
  if (!place) return std::nullopt;
  SourceUse found;
  found.entity = ban.entity;
  found.name = ban.name;
  if (ban.condition) found.condition = model::to_text(*ban.condition);
  found.written = written;
  found.use = use;
  found.at = place->at;
  found.macro = std::move(place->macro);
  found.spelled = place->spelled;
  found.origin = {found.at.file, {}, std::to_string(found.at.line) + ":" + std::to_string(found.at.column)};
  return found;
}

}  // namespace gate::cpp
