// What a watched name means. Knows the C library's names; knows nothing of Clang.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gate/model/ban.h"

namespace gate::cpp {

// A function as a translation unit declares it.
struct Declared {
  std::string name;  // unqualified
  std::string
      scope;  // enclosing namespaces without inline ones, and classes: "std", "a::B"; empty: global, or C linkage
  std::string asm_label;  // the symbol that the declaration asks for, or empty
  bool is_template = false;
  bool is_builtin = false;  // the compiler itself knows the name as a library function
  bool outside = false;     // declared by the compiler or by a file outside the project
  bool own = false;         // the project's: it defines it in this unit, or alone can see it, or gives it C++ linkage
};

// A watched function is
//   "strcpy", "std::strcpy"   a function of the C library: under either name, in its built-in and fortified forms,
//                             through an asm label; not a function of the project's own that has the same name
//   "std::random_shuffle"     a function of the C++ library: in namespace std
//   "name", "a::b::name"      any other function of exactly this name, whoever declares it
//   "a::B::name"              the members of class a::B; those of classes are never meant otherwise
//   "::name"                  the global function, whoever declares it, also where the C library has the name
// A watched type is one of exactly this qualified name: a class, a template, a typedef name, or a built-in type.
// A watched header is "x.h", however the file that <x.h> stands for is named, or only "<x.h>" or "\"x.h\"" as written.
// A watched attribute is "weak" in any scope, or "gnu::weak"; __weak__ is weak, and __attribute__ gives scope gnu.
class Watch {
 public:
  using Bans = std::vector<const model::Ban*>;  // each once, in the order of bans

  explicit Watch(const std::vector<model::Ban>& bans);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  bool wants(Entity entity) const { return !named_[static_cast<std::size_t>(entity)].empty(); }
  // Whether a function declaration of this name, or one with this label, may be watched. False is certain.
  bool may_mean(std::string_view identifier) const;
  // Whether this word may stand for something that only its place among other tokens tells: a function, a type, most
  // constructs. False is certain where not `bans_wordless`.
  bool stands_in_tree(std::string_view word) const;
  // Whether something is banned that can be written without any word of its own: an array of variable length, "long".
  bool bans_wordless() const;
  // The same as `stands_in_tree`, for every kind of banned thing but headers.
  bool concerns(std::string_view word) const;
  // The words that this concerns, but for what compilers may put behind "__builtin_alloca".
  std::vector<std::string> spellings() const;
  // Whether all in the tree that is banned under this word are functions.
  bool is_function_alone(std::string_view word) const;

  Bans matches(const Declared& declared) const;
  // A name of which nothing is known but how it is written, without qualifier: a call whose target a template leaves
  // open.
  Bans matches_open_call(std::string_view name) const;
  // The function behind a name for linkers: in assembly, an alias, a call of dlsym.
  Bans symbols(std::string_view symbol) const;

  Bans types(std::string_view scope, std::string_view name) const;  // scope as in Declared
  Bans macros(std::string_view name) const;
  Bans constructs(std::string_view name) const;
  Bans attributes(std::string_view scope, std::string_view name) const;
  // `found_as`: how the file is named from the folder of the search path that it lies in; empty where it is not known.
  Bans headers(std::string_view written, bool angled, std::string_view found_as) const;
  bool may_be_header(std::string_view path) const;  // false is certain

  // Every function and type that the identifier alone may stand for.
  Bans words(std::string_view identifier) const;

 private:
  struct Watched {
    const model::Ban* ban;
    std::string scope;
    bool anyones = false;  // "::name"
  };
  using ByName = std::map<std::string, std::vector<Watched>, std::less<>>;  // unqualified; of headers the file's name

  void enter(const model::Ban& ban);
  bool is_construct_word(std::string_view word) const;
  bool means(const Watched& watched, std::string_view form, const Declared& declared) const;
  const ByName& of(Entity entity) const { return named_[static_cast<std::size_t>(entity)]; }
  template <class Condition>
  Bans select(Entity entity, std::string_view name, Condition&& holds) const;

  std::vector<model::Ban> bans_;  // sorted, each once
  std::array<ByName, 6> named_;   // by entity
};

// Whether the C library (ISO C, POSIX, the BSDs' and GNU's additions) has a function of this name that lists ban.
bool is_library_name(std::string_view name);

// Whether a function of this name gives the address of the one whose name is its second argument.
bool asks_linker(std::string_view name);

// The library function behind a form that compilers and headers give it: "__builtin___strcpy_chk" → "strcpy". Empty
// where `name` is no such form.
std::string library_form(std::string_view name);

}  // namespace gate::cpp
