// Symbols of objects, archives and linked files, by LLVM's object reader. Nothing of LLVM shows here.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "gate/core/fact.h"
#include "gate/core/result.h"

namespace gate::cpp {

inline constexpr std::size_t max_members = 100'000;  // of an archive

struct Symbol {
  std::string_view name;  // without what the object format puts before the names of C; a version may follow
  Linkage linkage = Linkage::imported;
};

// What a file tells as it is read. Functions that it takes from elsewhere are `imported`, and so are the templates and
// inline functions of C++ that it holds an own copy of; those that a static link put into it are `contained`.
struct ObjectVisitor {
  std::function<void(const std::string& member, std::string_view format)> object;  // before its symbols
  std::function<void(const Symbol&)> symbol;
  std::function<void(const std::string& member, Error)> problem;  // why an object was not seen in full
};

// Reads ELF first of all, COFF and Mach-O as well; archives member by member. May crash or never end on hostile bytes:
// run it in a worker. Errors have no place.
void read_objects(std::string_view bytes, const ObjectVisitor& visitor);

}  // namespace gate::cpp
