#include "adapters/cpp/scan_unit.h"

#include <clang/AST/ASTConsumer.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendAction.h>

#include <algorithm>
#include <tuple>

#include "adapters/cpp/front_end.h"
#include "adapters/cpp/places.h"
#include "adapters/cpp/use_finder.h"

namespace gate::cpp {
namespace {

class Scan : public clang::ASTConsumer {
 public:
  Scan(const clang::CompilerInstance& compiler, const Unit& unit, const Watch& watch, const Paths& paths,
       std::vector<SourceUse>& uses)
      : places_(compiler, unit, paths), watch_(watch), uses_(uses) {}

  bool shouldSkipFunctionBody(clang::Decl* function) override {
    return !places_.expands_in_project(function->getLocation());
  }

  void HandleTranslationUnit(clang::ASTContext& context) override { find_uses(context, places_, watch_, uses_); }

 private:
  Places places_;
  const Watch& watch_;
  std::vector<SourceUse>& uses_;
};

class ScanAction : public clang::ASTFrontendAction {
 public:
  ScanAction(const Unit& unit, const Watch& watch, const Paths& paths, std::vector<SourceUse>& uses)
      : unit_(unit), watch_(watch), paths_(paths), uses_(uses) {}

 protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler, llvm::StringRef) override {
    return std::make_unique<Scan>(compiler, unit_, watch_, paths_, uses_);
  }

 private:
  const Unit& unit_;
  const Watch& watch_;
  const Paths& paths_;
  std::vector<SourceUse>& uses_;
};

void sort_places(std::vector<SourceUse>& uses) {
  const auto key = [](const SourceUse& u) {
    return std::tie(u.at, u.entity, u.name, u.condition, u.spelled, u.macro, u.use, u.written);
  };
  std::sort(uses.begin(), uses.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto place = [](const SourceUse& u) {
    return std::tie(u.at, u.entity, u.name, u.condition, u.spelled, u.macro, u.use);
  };
  uses.erase(std::unique(uses.begin(), uses.end(), [&](const auto& a, const auto& b) { return place(a) == place(b); }),
             uses.end());
}

}  // namespace

UnitReport scan_unit(const Unit& unit, const Watch& watch, const Paths& paths) {
  UnitReport report;
  const auto failed = [&](Errc code, std::string what) {
    report.problem = Error{code, std::move(what), {paths.relative(unit.file), {}, {}}};
    return std::move(report);
  };
  const auto files = open_files(unit.directory);
  if (!files)
    return failed(Errc::not_found,
                  "the folder that its compile command runs in is not there: " + paths.relative(unit.directory));

  Diagnostics diagnostics;
  const auto engine = make_engine(diagnostics);
  const auto invocation = make_invocation(unit, engine, files);
  if (!invocation) {
    if (diagnostics.errors == 0) return failed(Errc::incomplete, "Clang does not understand the compile command");
    report.problem = problem_of(diagnostics, unit, paths);
    return report;
  }

  clang::CompilerInstance compiler;
  compiler.setInvocation(invocation);
  compiler.setDiagnostics(engine.get());
  compiler.setFileManager(new clang::FileManager(clang::FileSystemOptions(), files));
  compiler.createSourceManager(compiler.getFileManager());
  ScanAction action(unit, watch, paths, report.uses);
  const bool ran = compiler.ExecuteAction(action);
  sort_places(report.uses);
  if (diagnostics.errors > 0) {
    report.problem = problem_of(diagnostics, unit, paths);
  } else if (!ran) {
    return failed(Errc::incomplete, "Clang ended without a reason");
  }
  return report;
}

}  // namespace gate::cpp
