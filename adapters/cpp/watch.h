// Which declarations a watched name means. Knows the C library's names; knows nothing of Clang.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gate/model/ban.h"

namespace gate::cpp {

// A function as a translation unit declares it.
struct Declared {
  std::string name;       // unqualified
  std::string scope;      // enclosing namespaces without inline ones: "std", "a::b"; empty: global, or C linkage
  std::string asm_label;  // the symbol that the declaration asks for, or empty
  bool is_template = false;
  bool is_builtin = false;  // the compiler itself knows the name as a library function
  bool outside = false;     // declared by the compiler or by a file outside the project
  bool own = false;         // the project defines it in this unit, or it is visible in this unit alone
};

// A watched name is
//   "strcpy", "std::strcpy"   a function of the C library: under either name, in its built-in and fortified forms,
//   through
//                             an asm label; not a function of the project's own that has the same name
//   "std::random_shuffle"     a function of the C++ library: in namespace std
//   "name", "a::b::name"      any other function of exactly this name, whoever declares it
//   "::name"                  the global function, whoever declares it, also where the C library has the name
// Members of classes are never meant.
class Watch {
 public:
  explicit Watch(const std::vector<model::Ban>& bans);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // Whether a declaration of this name, or one with this label, may be watched. False is certain.
  bool may_mean(std::string_view identifier) const;
  // False: some bans are about more than the names of functions.
  bool names_functions_alone() const;

  std::vector<const model::Ban*> matches(const Declared& declared) const;
  // A name of which nothing is known but how it is written, without qualifier: a call whose target a template leaves
  // open.
  std::vector<const model::Ban*> matches_open_call(std::string_view name) const;

 private:
  struct Watched {
    const model::Ban* ban;
    std::string scope;
    bool anyones = false;  // "::name"
  };
  bool means(const Watched& watched, std::string_view form, const Declared& declared) const;
  std::vector<model::Ban> bans_;                                      // sorted, each once
  std::map<std::string, std::vector<Watched>, std::less<>> by_name_;  // functions
};

// Whether the C library (ISO C, POSIX, the BSDs' and GNU's additions) has a function of this name that lists ban.
bool is_library_name(std::string_view name);

// The library function behind a form that compilers and headers give it: "__builtin___strcpy_chk" → "strcpy". Empty
// where `name` is no such form.
std::string library_form(std::string_view name);

}  // namespace gate::cpp
