#include "adapters/cpp/symbol_name.h"

#include <llvm/Demangle/Demangle.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>

namespace gate::cpp {
namespace {

std::string_view last_name(std::string_view qualified) {
  const auto colons = qualified.rfind("::");
  return colons == std::string_view::npos ? qualified : qualified.substr(colons + 2);
}

std::string_view scope_of(std::string_view qualified) {
  const auto colons = qualified.rfind("::");
  return colons == std::string_view::npos ? std::string_view() : qualified.substr(0, colons);
}

// "std::__1", "std::filesystem::__cxx11" → without the inline namespaces of the C++ libraries.
std::string without_inline_namespaces(std::string_view scope) {
  std::string out;
  while (!scope.empty()) {
    const auto end = std::min(scope.find("::"), scope.size());
    const std::string_view part = scope.substr(0, end);
    scope.remove_prefix(std::min(end + 2, scope.size()));
    if (part.starts_with("__")) continue;
    if (!out.empty()) out += "::";
    out += part;
  }
  return out;
}

// A buffer of the demangler's.
std::string take(char* text) {
  const std::unique_ptr<char, decltype(&std::free)> owner(text, &std::free);
  return text ? std::string(text) : std::string();
}

// Itanium C++ ABI, 5.1. The arguments of templates are never written out: their text can be exponentially long.
std::optional<Declared> itanium(const std::string& symbol, const std::set<std::string, std::less<>>& last_names) {
  llvm::ItaniumPartialDemangler demangler;
  if (demangler.partialDemangle(symbol.c_str()) || !demangler.isFunction()) return std::nullopt;
  std::string name = take(demangler.getFunctionBaseName(nullptr, nullptr));
  if (!last_names.contains(name)) return std::nullopt;
  const std::string scope = take(demangler.getFunctionDeclContextName(nullptr, nullptr));
  return Declared{.name = std::move(name), .scope = without_inline_namespaces(scope), .is_template = true};
}

std::optional<Declared> microsoft(std::string_view symbol, const std::set<std::string, std::less<>>& last_names) {
  const auto flags = static_cast<llvm::MSDemangleFlags>(llvm::MSDF_NoAccessSpecifier | llvm::MSDF_NoCallingConvention |
                                                        llvm::MSDF_NoReturnType | llvm::MSDF_NoMemberType);
  int status = 0;
  const std::string text = take(llvm::microsoftDemangle(symbol, nullptr, &status, flags));
  const std::string_view qualified = std::string_view(text).substr(0, text.find_first_of("<("));
  if (!last_names.contains(last_name(qualified))) return std::nullopt;
  return Declared{.name = std::string(last_name(qualified)),
                  .scope = without_inline_namespaces(scope_of(qualified)),
                  .is_template = true};
}

}  // namespace

std::string_view without_version(std::string_view symbol) {
  return symbol.substr(0, symbol.find_first_of("@$", symbol.starts_with('?') ? symbol.size() : 0));
}

std::string c_function(std::string_view symbol) {
  std::string name(symbol);
  if (name.starts_with("__real_")) name.erase(0, 7);
  std::vector<std::string> forms{name};
  if (std::string form = library_form(name); !form.empty()) forms.push_back(std::move(form));
  if (name.starts_with("_")) forms.push_back(name.substr(1));
  for (std::size_t i = 0, plain = forms.size(); i < plain; ++i) {
    if (forms[i].ends_with("64")) forms.push_back(forms[i].substr(0, forms[i].size() - 2));
    if (forms[i].ends_with("64_r")) forms.push_back(forms[i].substr(0, forms[i].size() - 4) + "_r");
  }
  const auto known = std::ranges::find_if(forms, is_library_name);
  return known == forms.end() ? name : *known;
}

SymbolMatcher::SymbolMatcher(const Watch& watch, const std::vector<model::Ban>& bans) : watch_(watch) {
  for (const model::Ban& ban : bans) {
    if (ban.entity == Entity::function) last_names_.emplace(last_name(ban.name));
  }
}

std::vector<std::string> SymbolMatcher::matches(Declared declared) const {
  declared.outside = true;
  std::vector<std::string> functions;
  for (const model::Ban* ban : watch_.matches(declared)) {
    if (ban->entity == Entity::function) functions.push_back(ban->name);
  }
  const auto repeated = std::ranges::unique(functions);  // one name under several conditions
  functions.erase(repeated.begin(), repeated.end());
  return functions;
}

std::vector<std::string> SymbolMatcher::functions(std::string_view symbol) const {
  if (symbol.starts_with("_Z")) {
    if (auto declared = itanium(std::string(symbol), last_names_)) return matches(std::move(*declared));
    return {};
  }
  if (symbol.starts_with('?')) {
    if (auto declared = microsoft(symbol, last_names_)) return matches(std::move(*declared));
    return {};
  }
  std::vector<std::string> functions = matches({.name = std::string(symbol)});
  if (!functions.empty()) return functions;
  return matches({.name = c_function(symbol)});
}

}  // namespace gate::cpp
