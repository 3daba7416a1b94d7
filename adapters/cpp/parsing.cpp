#include "adapters/cpp/parsing.h"

#include <clang/AST/ASTConsumer.h>
#include <clang/Frontend/CompilerInstance.h>

#include <algorithm>

#include "adapters/cpp/places.h"
#include "adapters/cpp/preprocessor_finder.h"
#include "adapters/cpp/symbol_text.h"
#include "adapters/cpp/use_finder.h"

namespace gate::cpp {
namespace {

std::string_view view(llvm::StringRef text) { return {text.data(), text.size()}; }

class Scan : public clang::ASTConsumer {
 public:
  Scan(clang::CompilerInstance& compiler, Parsing& parsing)
      : preprocessor_(compiler.getPreprocessor()),
        places_(compiler, parsing.unit, parsing.paths),
        watch_(parsing.watch),
        seen_(compiler.getPreprocessor(), places_, parsing.watch),
        parsing_(parsing) {}

  bool shouldSkipFunctionBody(clang::Decl* function) override {
    if (!places_.expands_in_project(function->getLocation())) return true;
    if (parsing_.every_body || !is_clear_body()) return false;
    return left_out_ = true;
  }

  void HandleTranslationUnit(clang::ASTContext& context) override {
    const bool broken = parsing_.diagnostics.errors > 0;
    parsing_.in_doubt = left_out_ && (broken || renames_to_watched(*context.getTranslationUnitDecl()));
    if (parsing_.in_doubt) return;
    llvm::DenseSet<clang::SourceLocation> understood;
    find_uses({context, preprocessor_, places_, seen_.words()}, watch_, parsing_.uses, broken ? &understood : nullptr);
    add(seen_.uses());
    if (broken) add(seen_.unclassified(understood));
  }

 private:
  void add(std::vector<SourceUse> uses) {
    for (SourceUse& use : uses) parsing_.uses.push_back(std::move(use));
  }

  // The parser stands at the brace that opens a body, or before it: what is looked at goes up to the body's end or
  // beyond, after macro expansion. The parser gets the same tokens again.
  bool is_clear_body() {
    std::size_t depth = 1;
    for (unsigned ahead = 0;; ++ahead) {
      const clang::Token& token = preprocessor_.LookAhead(ahead);
      if (token.is(clang::tok::eof) || token.isAnnotation() || token.needsCleaning()) return false;
      if (token.is(clang::tok::l_brace)) ++depth;
      if (token.is(clang::tok::r_brace) && --depth == 0) return true;
      if (const clang::IdentifierInfo* word = token.getIdentifierInfo(); word && is_suspect(*word)) return false;
    }
  }

  bool is_suspect(const clang::IdentifierInfo& word) {
    const auto [known, is_new] = suspects_.try_emplace(&word);
    if (is_new) known->second = watch_.concerns(view(word.getName())) || is_symbol_word(view(word.getName()));
    return known->second;
  }

  // Whether a function of a name that is no suspect has a watched one's symbol.
  bool renames_to_watched(const clang::DeclContext& context) {
    return std::ranges::any_of(context.decls(), [&](const clang::Decl* declaration) {
      const auto* inner = llvm::dyn_cast<clang::DeclContext>(declaration);
      if (inner && renames_to_watched(*inner)) return true;
      const clang::FunctionDecl* function = declaration->getAsFunction();
      if (!function || !function->getIdentifier() || is_suspect(*function->getIdentifier())) return false;
      const std::string symbol = symbol_given_to(*function);
      return !symbol.empty() && watch_.may_mean(symbol);
    });
  }

  clang::Preprocessor& preprocessor_;
  Places places_;
  const Watch& watch_;
  PreprocessorFinder seen_;
  Parsing& parsing_;
  llvm::DenseMap<const clang::IdentifierInfo*, bool> suspects_;
  bool left_out_ = false;
};

class ScanAction : public clang::ASTFrontendAction {
 public:
  explicit ScanAction(Parsing& parsing) : parsing_(parsing) {}

 protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler, llvm::StringRef) override {
    return std::make_unique<Scan>(compiler, parsing_);
  }

 private:
  Parsing& parsing_;
};

}  // namespace

std::unique_ptr<clang::FrontendAction> parse_action(Parsing& parsing) { return std::make_unique<ScanAction>(parsing); }

}  // namespace gate::cpp
