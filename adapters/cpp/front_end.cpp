#include "adapters/cpp/front_end.h"

#include <clang/Basic/Version.h>
#include <clang/Driver/Options.h>
#include <clang/Frontend/Utils.h>
#include <clang/Lex/HeaderSearchOptions.h>
#include <clang/Lex/LexDiagnostic.h>
#include <clang/Lex/PreprocessorOptions.h>
#include <llvm/Option/ArgList.h>

#include "adapters/cpp/cpp.h"
#include "adapters/cpp/embedded_headers.h"

namespace gate::cpp {
namespace {

constexpr std::size_t longest_message = 300;

std::vector<std::string> driver_arguments(const Unit& unit) {
  std::vector<std::string> arguments{unit.language.starts_with("c++") ? "/usr/bin/clang++" : "/usr/bin/clang",
                                     "--no-default-config"};
  for (auto& argument : known_to_clang(unit.arguments)) arguments.push_back(std::move(argument));
  for (const char* argument :
       {"-fsyntax-only", "-w", "-ferror-limit=0", "-fno-modules", "-resource-dir", resource_dir, "-x"}) {
    arguments.emplace_back(argument);
  }
  arguments.push_back(unit.language);
  arguments.push_back("--");
  arguments.push_back(unit.file);
  return arguments;
}

// Whatever the arguments say: parse only, write nothing, load nothing, read our own headers.
void harden(clang::CompilerInvocation& invocation) {
  auto& frontend = invocation.getFrontendOpts();
  frontend.ProgramAction = clang::frontend::ParseSyntaxOnly;
  frontend.SkipFunctionBodies = true;  // those for which the consumer says so
  frontend.DisableFree = false;
  frontend.ShowStats = frontend.ShowHelp = frontend.ShowVersion = false;
  frontend.OutputFile.clear();
  frontend.StatsFile.clear();
  frontend.TimeTracePath.clear();
  frontend.Plugins.clear();
  frontend.PluginArgs.clear();
  frontend.AddPluginActions.clear();
  frontend.LLVMArgs.clear();
  frontend.ModuleFiles.clear();
  invocation.getDependencyOutputOpts() = clang::DependencyOutputOptions();
  auto& diagnostics = invocation.getDiagnosticOpts();
  diagnostics.DiagnosticLogFile.clear();
  diagnostics.DiagnosticSerializationFile.clear();
  diagnostics.ShowCarets = false;
  invocation.getPreprocessorOpts().ImplicitPCHInclude.clear();
  invocation.getLangOpts().SpellChecking = false;  // a guess at what was meant is no use
  auto& code = invocation.getCodeGenOpts();
  code.DisableFree = false;
  auto& headers = invocation.getHeaderSearchOpts();
  headers.ModuleCachePath.clear();
  headers.VFSOverlayFiles.clear();
  headers.ImplicitModuleMaps = false;
  // Debian's driver asks the real disk for the resource folder, and then falls back to its own.
  for (auto& entry : headers.UserEntries) {
    if (llvm::StringRef(entry.Path).starts_with("/usr/include/clang/")) entry.Path = resource_include;
  }
}

}  // namespace

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> with_own_headers(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> disk) {
  auto both = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(std::move(disk));
  both->pushOverlay(embedded_headers());
  return both;
}

void Diagnostics::HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic& diagnostic) {
  if (level < clang::DiagnosticsEngine::Error) return;
#if LLVM_VERSION_MAJOR < 20
  if (clang::DiagnosticIDs::isBuiltinWarningOrExtension(diagnostic.getID())) return;
#else
  if (diagnostic.getDiags()->getDiagnosticIDs()->isWarningOrExtension(diagnostic.getID())) return;
#endif
  if (++errors > 1) return;
  llvm::SmallString<256> text;
  diagnostic.FormatDiagnostic(text);
  first.text = text.str();
  first.missing_file = diagnostic.getID() == clang::diag::err_pp_file_not_found;
  if (diagnostic.hasSourceManager())
    first.at = clang::FullSourceLoc(diagnostic.getLocation(), diagnostic.getSourceManager());
}

llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine> make_engine(Diagnostics& diagnostics) {
  auto engine = llvm::makeIntrusiveRefCnt<clang::DiagnosticsEngine>(
      llvm::makeIntrusiveRefCnt<clang::DiagnosticIDs>(), llvm::makeIntrusiveRefCnt<clang::DiagnosticOptions>(),
      &diagnostics, false);
  // Clang makes errors of some warnings by default; what compiles with GCC is not incomplete for that.
  engine->setSeverityForAll(clang::diag::Flavor::WarningOrError, clang::diag::Severity::Ignored);
  return engine;
}

std::vector<std::string> known_to_clang(const std::vector<std::string>& arguments) {
  std::vector<const char*> raw;
  for (const std::string& argument : arguments) raw.push_back(argument.c_str());
  unsigned missing_index = 0, missing_count = 0;
  const auto parsed = clang::driver::getDriverOptTable().ParseArgs(
      raw, missing_index, missing_count, llvm::opt::Visibility(clang::driver::options::ClangOption));
  std::vector<bool> unknown(arguments.size());
  for (const llvm::opt::Arg* argument : parsed.filtered(clang::driver::options::OPT_UNKNOWN))
    unknown[argument->getIndex()] = true;
  std::vector<std::string> known;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!unknown[i]) known.push_back(arguments[i]);
  }
  return known;
}

std::shared_ptr<clang::CompilerInvocation> make_invocation(const Unit& unit,
                                                           llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine> engine,
                                                           llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files) {
  const auto arguments = driver_arguments(unit);
  std::vector<const char*> raw;
  for (const std::string& argument : arguments) raw.push_back(argument.c_str());
  clang::CreateInvocationOptions options;
  options.Diags = std::move(engine);
  options.VFS = std::move(files);
  std::shared_ptr<clang::CompilerInvocation> invocation = clang::createInvocation(raw, options);
  if (invocation) harden(*invocation);
  return invocation;
}

namespace {

// A generated header comes with the target that the unit belongs to; CMake names it in the object's path.
std::string how_to_build(const Unit& unit) {
  constexpr std::string_view folder = "CMakeFiles/", ending = ".dir/";
  const std::string& object = unit.output;
  if (const auto begin = object.rfind(folder); begin != std::string::npos) {
    const auto name = begin + folder.size();
    if (const auto end = object.find(ending, name); end != std::string::npos)
      return "generate it: build the target " + object.substr(name, end - name);
  }
  if (object.empty() || object.front() == '/') return "generate it: build before gate runs";
  return "generate it: build " + object;
}

}  // namespace

Error problem_of(const Diagnostics& diagnostics, const Unit& unit, const Paths& paths) {
  Error error{Errc::incomplete, {}, {paths.relative(unit.file), {}, {}}};
  std::string place;
  if (const auto& at = diagnostics.first.at; at.isValid()) {
    const clang::FullSourceLoc where = at.getFileLoc();
    const auto entry = where.getFileEntryRef();
    const std::string file = entry ? absolute_path(entry->getName().str(), unit.directory) : std::string();
    const std::string line = std::to_string(where.getLineNumber()) + ":" + std::to_string(where.getColumnNumber());
    if (const auto inside = paths.inside(real_path(file)); inside || file == unit.file) {
      error.where.artifact = paths.relative(inside ? real_path(file) : file);
      error.where.at = line;
    } else if (!file.empty()) {
      place = " in " + file.substr(file.rfind('/') + 1) + ":" + line;
    }
  }
  std::string text = paths.without_root(diagnostics.first.text);
  if (text.size() > longest_message) text = text.substr(0, longest_message) + "…";
  error.what = "not seen in full, " + std::to_string(diagnostics.errors) +
               (diagnostics.errors == 1 ? " error" : " errors, first") + place + ": " + text;
  if (error.where.artifact != paths.relative(unit.file)) error.what += " (unit " + paths.relative(unit.file) + ")";
  if (diagnostics.first.missing_file) error.what += "; a header is missing: install it, or " + how_to_build(unit);
  return error;
}

std::string clang_version() { return CLANG_VERSION_STRING; }

}  // namespace gate::cpp
