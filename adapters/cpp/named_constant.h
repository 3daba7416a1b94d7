// Constants that sources know by a name, as conditions on arguments write them.
#pragma once

#include <clang/AST/ASTContext.h>
#include <clang/Lex/Preprocessor.h>

#include <optional>
#include <string_view>

namespace gate::cpp {

// The value of a decimal integer, of a macro (as last defined) whose text is arithmetic of integers, of an enumerator
// or of a constant variable; qualified or global. Nothing where the unit knows no such constant.
std::optional<llvm::APSInt> named_constant(std::string_view name, const clang::ASTContext& context,
                                           const clang::Preprocessor& preprocessor);

}  // namespace gate::cpp
