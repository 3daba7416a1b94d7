// Clang's front end as gate starts it: on hostile commands and sources, from memory or regular files alone.
#pragma once

#include <clang/Basic/Diagnostic.h>
#include <clang/Frontend/CompilerInvocation.h>
#include <llvm/Support/VirtualFileSystem.h>

#include <memory>
#include <string>

#include "adapters/cpp/compile_database.h"
#include "adapters/cpp/paths.h"
#include "gate/core/result.h"

namespace gate::cpp {

// `disk` with Clang's own headers from inside this binary laid over it.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> with_own_headers(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> disk);

// Counts errors and keeps the first. Warnings do not matter, whatever a pragma makes of them.
class Diagnostics : public clang::DiagnosticConsumer {
 public:
  struct First {
    std::string text;
    clang::FullSourceLoc at;
    bool missing_file = false;
  };

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic& diagnostic) override;

  std::size_t errors = 0;
  First first;
};

llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine> make_engine(Diagnostics& diagnostics);

// The arguments that Clang's driver has in its table: a GCC build has others, and Clang takes them for errors. They say
// nothing about names.
std::vector<std::string> known_to_clang(const std::vector<std::string>& arguments);

// What the driver makes of the unit's command, hardened: parse only, write nothing, load nothing. Null where the driver
// does not understand the command; the diagnostics may say why.
std::shared_ptr<clang::CompilerInvocation> make_invocation(const Unit& unit,
                                                           llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine> engine,
                                                           llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files);

// Why the unit was not seen in full: the first error.
Error problem_of(const Diagnostics& diagnostics, const Unit& unit, const Paths& paths);

}  // namespace gate::cpp
